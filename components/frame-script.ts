/** The script of the machines' frame, and its SHA-256 in base64, by which the frame's policy knows it. */
export interface FrameScript {
  text: string
  sha256: string
}
