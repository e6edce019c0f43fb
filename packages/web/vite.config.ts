import react from "@vitejs/plugin-react"
import { defineConfig } from "vite"
import { compressed } from "./build/compress-plugin.ts"
import { guide } from "./build/guide-plugin.ts"
import { messages } from "./build/messages-plugin.ts"
import { pageGroup } from "./build/page-groups.ts"

const server = `http://127.0.0.1:${process.env.PORT ?? 3000}`

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react(), messages(), guide(), compressed()],
  server: { port: 5173, proxy: { "/api": server } },
  build: {
    manifest: true,
    target: "es2024",
    // Nothing becomes a data: address, which the content security policy would refuse.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      output: {
        codeSplitting: {
          includeDependenciesRecursively: false,
          groups: [
            { name: "react", test: /node_modules[\\/](react|react-dom|scheduler)[\\/]/, priority: 3 },
            // What every page begins with is one file, however many pages share its parts.
            { name: "shell", tags: ["$initial"], priority: 2 },
            { name: pageGroup, priority: 1 },
            // Parts of packages go together where the same pages use them, the smallest with their neighbours.
            {
              name: "parts",
              test: /node_modules/,
              minShareCount: 2,
              entriesAware: true,
              // Bytes before compression. More puts large parts beside small ones, and lists load what they do not need.
              entriesAwareMergeThreshold: 2000,
            },
            // One file for the icons that several pages share, instead of one for each.
            { name: "icons", test: /node_modules[\\/]@tabler[\\/]/, minShareCount: 2 },
          ],
        },
      },
    },
  },
})
