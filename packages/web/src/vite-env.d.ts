/// <reference types="vite/client" />

declare module "virtual:messages" {
  import type { PageArea } from "@regulars/locales/areas.ts"
  import type { Catalogue, Language } from "@regulars/locales/runtime.ts"

  export const catalogues: Record<Language, Record<"base" | PageArea, () => Promise<{ default: Catalogue }>>>
}

declare module "virtual:guide" {
  /** Pages of the user guide, in the order to read them. */
  export const pages: readonly { page: string; title: string; load: () => Promise<{ html: string }> }[]
}
