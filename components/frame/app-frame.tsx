import type { ReactNode } from 'react'
import { CommandPalette } from './command-palette'
import { KeysHelp } from './keys-help'
import { Rail } from './rail'

/** Left rail and the page beside it. Each page brings its own top bar. */
export function AppFrame({ children }: { children: ReactNode }) {
  return (
    <div className="grid h-dvh grid-cols-[auto_minmax(0,1fr)]">
      <Rail />
      <div className="min-h-0 min-w-0">{children}</div>
      <CommandPalette />
      <KeysHelp />
    </div>
  )
}
