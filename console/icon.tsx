/** Line icons, drawn on a 24-unit square. Always beside words or under a label, never alone. */
const paths = {
  heart: 'M12 20s-7.5-4.6-7.5-10A4.2 4.2 0 0 1 12 7.4 4.2 4.2 0 0 1 19.5 10c0 5.4-7.5 10-7.5 10Z',
  hide: 'M4 4l16 16M9.9 5.7A9 9 0 0 1 12 5.5c5 0 8.2 4 9.2 6.5a12 12 0 0 1-2.6 3.7M6.3 7.4A12 12 0 0 0 2.8 12c1 2.5 4.2 6.5 9.2 6.5 1.5 0 2.9-.4 4.1-1M10 10a2.8 2.8 0 0 0 4 4',
  less: 'M5 12h14',
  more: 'M12 5v14M5 12h14',
  dots: 'M5 12h.01M12 12h.01M19 12h.01',
  chevron: 'm9 6 6 6-6 6',
  search: 'M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13ZM15.5 15.5 20 20',
  close: 'M6 6l12 12M18 6 6 18',
  keyboard: 'M3.5 6.5h17v11h-17zM7 10h.01M11 10h.01M15 10h.01M8 14h8',
  refresh: 'M19.5 12a7.5 7.5 0 1 1-2.2-5.3L19.5 9M19.5 4.5V9H15',
  person: 'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8ZM4.5 20c.8-3.6 3.8-5.5 7.5-5.5s6.7 1.9 7.5 5.5',
  follow:
    'M10 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8ZM3 20c.7-3.6 3.5-5.5 7-5.5 1.4 0 2.7.3 3.8.9M18 14.5v6M15 17.5h6',
  chart: 'M4 19.5h16M5.5 15l4-4.5 3.5 3 5.5-7.5',
  network:
    'M6.5 9a2 2 0 1 0 0-4 2 2 0 0 0 0 4ZM17.5 8a2 2 0 1 0 0-4 2 2 0 0 0 0 4ZM13 20a2 2 0 1 0 0-4 2 2 0 0 0 0 4ZM8.4 6.8l7.2-.6M7.5 8.8l4.6 7.4M16.8 7.9l-3.1 8.2',
  speech:
    'M5 5h14a1.5 1.5 0 0 1 1.5 1.5v8A1.5 1.5 0 0 1 19 16h-7l-4.5 4v-4H5a1.5 1.5 0 0 1-1.5-1.5v-8A1.5 1.5 0 0 1 5 5ZM8 9h8M8 12.2h5',
  check: 'm5 12.5 4.5 4.5L19 7.5',
} as const

export type IconName = keyof typeof paths

export function Icon({ name, isFilled = false }: { name: IconName; isFilled?: boolean }) {
  return (
    <svg
      aria-hidden="true"
      viewBox="0 0 24 24"
      className="size-[1.15em] shrink-0"
      fill={isFilled ? 'currentColor' : 'none'}
      stroke="currentColor"
      strokeWidth={name === 'dots' ? 2.8 : 1.7}
      strokeLinecap="round"
      strokeLinejoin="round"
    >
      <path d={paths[name]} />
    </svg>
  )
}
