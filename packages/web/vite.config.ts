import react from "@vitejs/plugin-react"
import { defineConfig } from "vite"
import { compressed } from "./build/compress-plugin.ts"
import { guide } from "./build/guide-plugin.ts"
import { messages } from "./build/messages-plugin.ts"

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
          groups: [
            { name: "react", test: /node_modules[\\/](react|react-dom|scheduler)[\\/]/, priority: 3 },
            // What every page begins with is one file, however many pages share its parts.
            { name: "shell", tags: ["$initial"], priority: 2 },
            // One file for the icons that several pages share, instead of one for each.
            { name: "icons", test: /node_modules[\\/]@tabler[\\/]/, minShareCount: 2, priority: 1 },
          ],
        },
      },
    },
  },
})
