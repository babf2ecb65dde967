/** The upper half of IBM code page 437, the character set of names without the UTF-8 flag (APPNOTE appendix D). */
const upper =
  'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐' + '└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■ '

export const decodeCp437 = (bytes: Uint8Array): string => {
  let text = ''
  for (const byte of bytes) text += byte < 128 ? String.fromCharCode(byte) : upper[byte - 128]!
  return text
}
