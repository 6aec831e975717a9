'use client'

import dynamic from 'next/dynamic'
import { useFrame } from './frame-state'
import { useHotkeys } from './hotkeys'

// Nobody needs it for the first paint: it is loaded on the first ⌘K.
const PaletteDialog = dynamic(() => import('./palette-dialog').then((module) => module.PaletteDialog), {
  ssr: false,
})

export function CommandPalette() {
  const { palette, setPalette } = useFrame()
  useHotkeys([
    {
      keys: 'mod+k',
      label: 'Go to a page, a service or a trace',
      group: 'Everywhere',
      inFields: true,
      run: () => setPalette(!useFrame.getState().palette),
    },
  ])
  return palette ? <PaletteDialog onClose={() => setPalette(false)} /> : null
}
