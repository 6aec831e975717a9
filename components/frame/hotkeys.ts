'use client'

import { useEffect, useRef } from 'react'
import { create } from 'zustand'

export interface Hotkey {
  /** `j`, `Escape`, `mod+k`, `shift+Enter`; mod is ⌘ on a Mac, Ctrl elsewhere. A list means any of them. */
  readonly keys: string | readonly string[]
  /** For the list of keys (`?`). */
  readonly label: string
  readonly group: string
  readonly run: (event: KeyboardEvent) => void
  /** Also while typing in a field. */
  readonly inFields?: boolean
  readonly enabled?: boolean
}

interface HotkeysState {
  groups: ReadonlyMap<symbol, readonly Hotkey[]>
}

export const useHotkeyList = create<HotkeysState>(() => ({ groups: new Map() }))

/** Registers keys while the component is mounted; they appear in the list that `?` opens. */
export function useHotkeys(hotkeys: readonly Hotkey[]): void {
  const latest = useRef(hotkeys)
  useEffect(() => {
    latest.current = hotkeys
  })
  useEffect(() => {
    const id = Symbol('hotkeys')
    useHotkeyList.setState(({ groups }) => ({ groups: new Map(groups).set(id, latest.current) }))
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented) return
      const typing = isTyping(event.target)
      for (const hotkey of latest.current) {
        if (hotkey.enabled === false || (typing && !hotkey.inFields)) continue
        const all = typeof hotkey.keys === 'string' ? [hotkey.keys] : hotkey.keys
        if (!all.some((keys) => matchesKeys(event, keys))) continue
        event.preventDefault()
        hotkey.run(event)
        return
      }
    }
    window.addEventListener('keydown', onKeyDown)
    return () => {
      window.removeEventListener('keydown', onKeyDown)
      useHotkeyList.setState(({ groups }) => {
        const rest = new Map(groups)
        rest.delete(id)
        return { groups: rest }
      })
    }
  }, [])
}

type KeyPress = Pick<KeyboardEvent, 'key' | 'metaKey' | 'ctrlKey' | 'altKey' | 'shiftKey'>

export function matchesKeys(event: KeyPress, keys: string): boolean {
  const parts = keys.split('+')
  const key = parts.at(-1) ?? ''
  const mod = parts.includes('mod')
  if (event.altKey || mod !== (event.metaKey || event.ctrlKey)) return false
  // Shift is part of characters such as "?"; it only counts for named keys.
  if (key.length > 1 && parts.includes('shift') !== event.shiftKey) return false
  return event.key === key || (mod && event.key.toLowerCase() === key)
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  return (
    target.isContentEditable ||
    /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName) ||
    target.closest('[role="menu"]') !== null
  )
}
