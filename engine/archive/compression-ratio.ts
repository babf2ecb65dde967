/** How much smaller, in tenths of a percent, rounded as Info-ZIP rounds (large sizes lose digits there too); below 0 where it grew. */
export const compressionRatio = (size: number, compressedSize: number): number => {
  if (size === 0) return 0
  const large = size > 2_000_000
  const denominator = large ? Math.floor(size / 1000) : size
  const saved = Math.abs(size - compressedSize) * (large ? 1 : 1000)
  const ratio = Math.floor((saved + (denominator >> 1)) / denominator)
  return compressedSize > size ? -ratio : ratio
}

/** In whole percents. */
export const compressionPercent = (size: number, compressedSize: number): number => {
  const ratio = compressionRatio(size, compressedSize)
  return Math.sign(ratio) * Math.floor((Math.abs(ratio) + 5) / 10)
}
