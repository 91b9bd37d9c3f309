/** One person: who they are, their feeds, the feed, and how the page came about. */

import { Feed } from './feed.tsx'
import { FeedTabs } from './feed-tabs.tsx'
import { Notice } from './notice.tsx'
import { PageRecord } from './page-record.tsx'
import { PersonCard } from './person-card.tsx'
import { type FeedAddress, useFeed } from './use-feed.ts'
import { useFeedback } from './use-feedback.ts'
import { WishSliders } from './wishes.tsx'

export function PersonView({ address }: { address: FeedAddress }) {
  const view = useFeed(address)
  const feedback = useFeedback(view)
  return (
    <div className="mx-auto grid max-w-304 gap-x-8 gap-y-4 px-4 pt-4 pb-28 lg:grid-cols-[15rem_minmax(0,1fr)] lg:px-6 lg:pt-8 xl:grid-cols-[15rem_minmax(0,1fr)_17rem]">
      <aside className="min-w-0 lg:sticky lg:top-24 lg:self-start">
        <PersonCard userId={address.userId} feed={address.feed} />
        {address.feed === 'home' && (
          <WishSliders key={address.userId} userId={address.userId} onChanged={view.renew} />
        )}
      </aside>
      <main id="main" className="min-w-0">
        <FeedTabs address={address} />
        <Feed key={view.name} view={view} feedback={feedback} />
      </main>
      <aside className="min-w-0 max-lg:mt-6 lg:col-start-2 xl:sticky xl:top-24 xl:col-start-3 xl:self-start">
        <PageRecord view={view} notes={feedback.notes} />
      </aside>
      <Notice note={feedback.notes[0]} />
    </div>
  )
}
