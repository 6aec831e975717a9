'use client'

import dynamic from 'next/dynamic'
import { useFrame } from './frame-state'
import { useHotkeys } from './hotkeys'

const KeysDialog = dynamic(() => import('./keys-dialog').then((module) => module.KeysDialog), { ssr: false })

/** `?` opens the list of keys, which is loaded then. */
export function KeysHelp() {
  const { keys, setKeys } = useFrame()
  useHotkeys([{ keys: '?', label: 'List of keys', group: 'Everywhere', run: () => setKeys(true) }])
  return keys ? <KeysDialog onClose={() => setKeys(false)} /> : null
}
