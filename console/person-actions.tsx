/** What to do with a suggested person: follow, or look through their eyes. */
import { useTranslation } from 'react-i18next'
import { ActionButton } from './action-button.tsx'
import { goTo } from './use-address.ts'
import type { Shown } from './use-feed.ts'
import type { Feedback } from './use-feedback.ts'

export function PersonActions({ shown, feedback }: { shown: Shown; feedback: Feedback }) {
  const { t } = useTranslation()
  const { id } = shown.entry.item
  const isFollowed = feedback.reactions.get(`@${id}`) === 'follow'
  return (
    <div className="-mx-2 mt-2 -mb-2 flex flex-wrap">
      <ActionButton
        icon={isFollowed ? 'check' : 'follow'}
        label={isFollowed ? t('deed.followed') : t('deed.followShort')}
        isPressed={isFollowed}
        onPress={() => !isFollowed && feedback.act({ deed: 'follow', shown, targetUserId: id })}
      />
      <ActionButton
        icon="person"
        label={t('person.visit')}
        onPress={() => goTo({ userId: id, feed: 'home' })}
      />
    </div>
  )
}
