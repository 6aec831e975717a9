import { X } from 'lucide-react'
import type { ReactNode } from 'react'
import { IconButton } from '@/components/ui/icon-button'
import { ResizeHandle } from '@/components/ui/resize-handle'

interface PanelFrameProps {
  label: string
  width: number
  onWidth: (width: number) => void
  onClose: () => void
  children: ReactNode
}

/** The panel at the right of the waterfall: a resizable frame with a way out. */
export function PanelFrame({ label, width, onWidth, onClose, children }: PanelFrameProps) {
  return (
    <aside
      aria-label={label}
      className="relative flex max-w-[55%] shrink-0 flex-col border-l bg-panel"
      style={{ width }}
    >
      <ResizeHandle
        label="Width of the panel"
        value={width}
        min={320}
        max={1000}
        edge="left"
        onChange={onWidth}
      />
      <IconButton
        label="Close"
        keys="Esc"
        size="sm"
        className="absolute top-2.5 right-2 z-10"
        onClick={onClose}
      >
        <X size={14} aria-hidden />
      </IconButton>
      {children}
    </aside>
  )
}
