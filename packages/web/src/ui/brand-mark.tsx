/** The product's mark; decoration beside its name. */
export function BrandMark({ size = 24 }: { size?: number }) {
  return <img src="/favicon.svg" width={size} height={size} alt="" />
}
