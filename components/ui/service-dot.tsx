'use client'

import { useCallback } from 'react'
import { useServiceColors, wantServiceColor } from '@/components/api/service-colors'
import { cn } from './cn'
import { serviceColor } from './service-color'

/** Service → CSS colour, the same on every page (the server gives each service its slot once). */
export function useServiceColor(): (service: string) => string {
  const slots = useServiceColors((state) => state.slots)
  return useCallback(
    (service) => {
      wantServiceColor(service)
      return serviceColor(service, slots)
    },
    [slots],
  )
}

/** A small square in the service's colour; its name always stands beside it. */
export function ServiceDot({ service, className }: { service: string; className?: string }) {
  const color = useServiceColor()(service)
  return (
    <span
      aria-hidden
      className={cn('inline-block size-2 shrink-0 rounded-[2px]', className)}
      style={{ backgroundColor: color }}
    />
  )
}

export function ServiceName({ service, className }: { service: string; className?: string }) {
  return (
    <span className={cn('inline-flex min-w-0 items-center gap-1.5', className)}>
      <ServiceDot service={service} />
      <span className="truncate">{service || '(no service)'}</span>
    </span>
  )
}
