'use client'

export function SearchPage() {
  return <main className="p-4">Search</main>
}
