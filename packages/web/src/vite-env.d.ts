/// <reference types="vite/client" />

declare module "virtual:messages/*" {
  import type { Catalogue } from "@regulars/locales/runtime.ts"

  const catalogue: Catalogue
  export default catalogue
}
