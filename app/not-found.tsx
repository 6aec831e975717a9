import Link from 'next/link'
import { EmptyState } from '@/components/ui/empty-state'

export default function NotFound() {
  return (
    <main className="grid h-full place-items-center">
      <EmptyState title="There is no such page">
        <Link href="/search?source=traces" className="text-accent underline underline-offset-2">
          Go to Search
        </Link>
      </EmptyState>
    </main>
  )
}
