'use client'

import { type KeyboardEvent, type PointerEvent, useRef } from 'react'
import { cn } from './cn'

interface ResizeHandleProps {
  label: string
  value: number
  min: number
  max: number
  /** 'right': the handle is at the right edge of what it sizes, dragging right makes it wider. */
  edge: 'left' | 'right'
  onChange: (width: number) => void
  /** After the drag, for what is worth remembering. */
  onCommit?: (width: number) => void
  className?: string
}

/** A draggable edge that arrow keys move too. */
export function ResizeHandle({
  label,
  value,
  min,
  max,
  edge,
  onChange,
  onCommit,
  className,
}: ResizeHandleProps) {
  const drag = useRef<{ x: number; width: number } | null>(null)
  const clamp = (width: number) => Math.round(Math.min(max, Math.max(min, width)))
  const sign = edge === 'right' ? 1 : -1
  const widthAt = (x: number) => clamp((drag.current?.width ?? value) + sign * (x - (drag.current?.x ?? x)))

  const onPointerDown = (event: PointerEvent<HTMLHRElement>) => {
    event.preventDefault()
    event.stopPropagation()
    drag.current = { x: event.clientX, width: value }
    event.currentTarget.setPointerCapture(event.pointerId)
  }
  const onPointerUp = (event: PointerEvent<HTMLHRElement>) => {
    if (!drag.current) return
    onCommit?.(widthAt(event.clientX))
    drag.current = null
  }
  const onKeyDown = (event: KeyboardEvent<HTMLHRElement>) => {
    const step = event.key === 'ArrowLeft' ? -16 : event.key === 'ArrowRight' ? 16 : 0
    if (step === 0) return
    event.preventDefault()
    const width = clamp(value + sign * step)
    onChange(width)
    onCommit?.(width)
  }
  return (
    <hr
      aria-label={label}
      aria-orientation="vertical"
      aria-valuenow={value}
      aria-valuemin={min}
      aria-valuemax={max}
      tabIndex={0}
      className={cn(
        'absolute inset-y-0 z-10 m-0 h-auto w-1.5 cursor-col-resize touch-none border-0 bg-transparent hover:bg-accent/40 focus-visible:bg-accent/60 active:bg-accent/60',
        edge === 'right' ? '-right-[3px]' : '-left-[3px]',
        className,
      )}
      onPointerDown={onPointerDown}
      onPointerMove={(event) => drag.current && onChange(widthAt(event.clientX))}
      onPointerUp={onPointerUp}
      onPointerCancel={onPointerUp}
      onKeyDown={onKeyDown}
    />
  )
}
