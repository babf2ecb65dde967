/** Reports that xterm sends by itself when a program asks: device attributes, the cursor's place, focus, colours (OSC), strings (DCS). */
const ANSWER = /^\x1b(?:\[[?>]?[\d;]*[cnRyt]|\[[IO]|\][^]*|P[^]*)$/

/** Whether what the terminal sends is its own answer to a program, and no key that a person has pressed. */
export const isTerminalAnswer = (sent: string) => ANSWER.test(sent)
