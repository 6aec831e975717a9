'use client'

import { Dialog } from '@/components/ui/dialog'
import { Kbd } from '@/components/ui/kbd'
import { type Hotkey, useHotkeyList } from './hotkeys'

const NAMES: Readonly<Record<string, string>> = {
  ArrowUp: '↑',
  ArrowDown: '↓',
  ArrowLeft: '←',
  ArrowRight: '→',
  Escape: 'Esc',
  mod: '⌘/Ctrl',
  shift: 'Shift',
}

/** `?`: the keys that work on this page, by group. */
export function KeysDialog({ onClose }: { onClose: () => void }) {
  const registered = useHotkeyList((state) => state.groups)
  const groups = new Map<string, Hotkey[]>()
  for (const hotkey of [...registered.values()].flat()) {
    groups.set(hotkey.group, [...(groups.get(hotkey.group) ?? []), hotkey])
  }
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title="Keys">
      <div className="grid gap-x-8 gap-y-4 overflow-auto p-4 sm:grid-cols-2">
        {[...groups].map(([group, hotkeys]) => (
          <section key={group}>
            <h3 className="mb-1 text-xs font-semibold text-faint">{group}</h3>
            <dl>
              {hotkeys.map((hotkey) => (
                <div key={hotkey.label} className="flex h-7 items-center justify-between gap-4">
                  <dt>{hotkey.label}</dt>
                  <dd className="flex items-center gap-1">
                    <Keys hotkey={hotkey} />
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  )
}

function Keys({ hotkey }: { hotkey: Hotkey }) {
  const all = typeof hotkey.keys === 'string' ? [hotkey.keys] : hotkey.keys
  return all.map((keys) => (
    <span key={keys} className="flex gap-0.5">
      {keys.split('+').map((part) => (
        <Kbd key={part}>
          {NAMES[part] ?? (part.length === 1 && keys.includes('mod') ? part.toUpperCase() : part)}
        </Kbd>
      ))}
    </span>
  ))
}
