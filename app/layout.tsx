import type { Metadata, Viewport } from 'next'
import { cookies } from 'next/headers'
import { NuqsAdapter } from 'nuqs/adapters/next/app'
import type { ReactNode } from 'react'
import '@fontsource-variable/inter/wght.css'
import '@fontsource-variable/jetbrains-mono/wght.css'
import './globals.css'
import { ApiProvider } from '@/components/api/provider'
import { AppFrame } from '@/components/frame/app-frame'
import { PREFERENCES_COOKIE } from '@/components/frame/preference-values'
import { PreferencesProvider } from '@/components/frame/preferences'
import { readPreferences } from '@/components/frame/read-preferences'
import { Toaster } from '@/components/ui/toast'
import { TooltipProvider } from '@/components/ui/tooltip'

export const metadata: Metadata = {
  title: { default: 'Spanlight', template: '%s · Spanlight' },
  description: 'Traces, logs and metrics on ClickHouse',
}

export const viewport: Viewport = { colorScheme: 'dark light' }

/** The theme comes from a cookie, so the first byte already has it: no flash and no inline script. */
export default async function RootLayout({ children }: { children: ReactNode }) {
  const preferences = readPreferences((await cookies()).get(PREFERENCES_COOKIE)?.value)
  return (
    <html lang="en" data-theme={preferences.theme === 'system' ? undefined : preferences.theme}>
      <body>
        <NuqsAdapter>
          <ApiProvider>
            <PreferencesProvider initial={preferences}>
              <TooltipProvider>
                <AppFrame>{children}</AppFrame>
                <Toaster />
              </TooltipProvider>
            </PreferencesProvider>
          </ApiProvider>
        </NuqsAdapter>
      </body>
    </html>
  )
}
