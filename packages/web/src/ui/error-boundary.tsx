import { Component, type ReactNode } from "react"
import { forgetFailedParts } from "../lib/lazy-part.tsx"

interface Props {
  children: ReactNode
  /** A change of this value (the address) gives what failed another try. */
  resetOn?: string
  /** Shown instead of what failed; `retry` gives it another try. */
  fallback: (error: unknown, retry: () => void) => ReactNode
}
interface State {
  error: unknown
  failed: boolean
}
/** Shows what went wrong instead of a blank page. React offers this to classes only. */
export class ErrorBoundary extends Component<Props, State> {
  override state: State = { error: null, failed: false }

  static getDerivedStateFromError(error: unknown): State {
    return { error, failed: true }
  }
  override componentDidCatch() {
    forgetFailedParts()
  }
  override componentDidUpdate(before: Props) {
    // Never by a reload: without a connection that would leave the app for the browser's own error page.
    if (this.state.failed && before.resetOn !== this.props.resetOn) this.retry()
  }
  retry = () => this.setState({ error: null, failed: false })
  override render() {
    const { failed, error } = this.state
    if (!failed) return this.props.children
    return this.props.fallback(error, this.retry)
  }
}
