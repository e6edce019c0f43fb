import "@fontsource-variable/inter/wght.css"
import "../ui/theme/mantine-styles.ts"
import "../ui/theme/tokens.css"
import "../ui/theme/base.css"
import "../ui/theme/overrides.css"
import { QueryClientProvider } from "@tanstack/react-query"
import { StrictMode } from "react"
import { createRoot } from "react-dom/client"
import { guessLanguage, I18nProvider, loadTranslator } from "../lib/i18n.tsx"
import { fetchOwnFieldsAhead } from "../lib/own-fields.ts"
import { createQueryClient } from "../lib/query.ts"
import { sessionQuery, wasSignedIn } from "../lib/session.tsx"
import { listenForShortcuts } from "../lib/shortcuts.ts"
import { ErrorBoundary } from "../ui/error-boundary.tsx"
import { PageFault } from "../ui/states.tsx"
import { ThemeProvider } from "../ui/theme/theme-provider.tsx"
import { App } from "./app.tsx"
import { registerLooks } from "./choice-looks.ts"
import { fetchPageAhead } from "./routes.tsx"

const root = document.getElementById("root")
if (!root) throw new Error("index.html has no #root")

// Texts, session and page need not wait for each other.
const texts = loadTranslator(guessLanguage())
const client = createQueryClient()
if (wasSignedIn()) {
  client.prefetchQuery(sessionQuery)
  fetchOwnFieldsAhead(client)
}
fetchPageAhead(window.location.pathname)
const translate = await texts
listenForShortcuts()
registerLooks()
createRoot(root).render(
  <StrictMode>
    <I18nProvider initial={translate}>
      <ThemeProvider>
        <QueryClientProvider client={client}>
          <ErrorBoundary fallback={(error, retry) => <PageFault error={error} retry={retry} />}>
            <App />
          </ErrorBoundary>
        </QueryClientProvider>
      </ThemeProvider>
    </I18nProvider>
  </StrictMode>,
)
