import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from "@mantine/core"

const teal: MantineColorsTuple = [
  "#f0fdfa",
  "#ccfbf1",
  "#99f6e4",
  "#5eead4",
  "#2dd4bf",
  "#14b8a6",
  "#0d9488",
  "#0f766e",
  "#115e59",
  "#134e4a",
]
const stone: MantineColorsTuple = [
  "#fafaf9",
  "#f5f5f4",
  "#e7e5e4",
  "#d6d3d1",
  "#a8a29e",
  "#78716c",
  "#57534e",
  "#44403c",
  "#292524",
  "#1c1917",
]
const night: MantineColorsTuple = [
  "#ece9e6",
  "#c4beb8",
  "#a59e97",
  "#78716c",
  "#423d39",
  "#2d2926",
  "#1e1b19",
  "#161412",
  "#12100f",
  "#0c0a09",
]

const fontFamily =
  '"Inter Variable", Inter, system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif'

/** Mantine in our sizes: inputs of 32 px, dense text, small radii, the workspace's accent. */
export const theme = createTheme({
  fontFamily,
  fontFamilyMonospace: 'ui-monospace, "SF Mono", Menlo, Consolas, monospace',
  headings: { fontFamily, fontWeight: "600" },
  colors: { teal, gray: stone, dark: night },
  primaryColor: "teal",
  primaryShade: { light: 7, dark: 4 },
  autoContrast: true,
  luminanceThreshold: 0.35,
  defaultRadius: "sm",
  radius: { xs: "4px", sm: "6px", md: "8px", lg: "8px", xl: "999px" },
  fontSizes: { xs: "12px", sm: "14px", md: "14px", lg: "15px", xl: "20px" },
  lineHeights: { xs: "16px", sm: "20px", md: "20px", lg: "22px", xl: "28px" },
  spacing: { xs: "4px", sm: "8px", md: "12px", lg: "16px", xl: "24px" },
  focusRing: "auto",
  respectReducedMotion: true,
  cursorType: "pointer",
  components: {
    Button: {
      defaultProps: { size: "sm" },
      vars: (_theme: unknown, { variant, color }: { variant?: string; color?: string }) => ({
        root: {
          "--button-height": "32px",
          "--button-padding-x": "12px",
          // Mantine measures contrast against the light shade only.
          ...(variant === "filled" && !color && { "--button-color": "var(--accent-ink)" }),
        },
      }),
    },
    ActionIcon: { defaultProps: { variant: "subtle", color: "gray", size: 32 } },
    Modal: {
      defaultProps: {
        radius: "md",
        padding: 20,
        centered: false,
        overlayProps: { backgroundOpacity: 0.45 },
        yOffset: "10vh",
        transitionProps: { duration: 140 },
      },
    },
    Menu: {
      defaultProps: { shadow: "md", radius: "md", transitionProps: { duration: 120 }, withinPortal: true },
    },
    Popover: { defaultProps: { shadow: "md", radius: "md", transitionProps: { duration: 120 } } },
    Combobox: { defaultProps: { shadow: "md", radius: "md", transitionProps: { duration: 100 } } },
    Tooltip: { defaultProps: { openDelay: 350, radius: "sm", transitionProps: { duration: 100 } } },
  },
})

/** Ties Mantine's own variables to our tokens, so that both worlds always agree. */
export const variables: CSSVariablesResolver = () => {
  const shared = {
    "--mantine-color-body": "var(--paper)",
    "--mantine-color-text": "var(--ink)",
    "--mantine-color-dimmed": "var(--ink-faint)",
    "--mantine-color-placeholder": "var(--ink-faint)",
    "--mantine-color-anchor": "var(--accent-text)",
    "--mantine-color-error": "var(--late)",
    "--mantine-color-default": "var(--paper-raised)",
    "--mantine-color-default-hover": "var(--hover)",
    "--mantine-color-default-color": "var(--ink)",
    "--mantine-color-default-border": "var(--line-strong)",
    "--mantine-primary-color-filled": "var(--accent)",
    "--mantine-primary-color-contrast": "var(--accent-ink)",
    "--mantine-shadow-md": "var(--shadow-float)",
  }
  return { variables: {}, light: shared, dark: shared }
}
