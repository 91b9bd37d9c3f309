/** Like, hide, less, more: each is sent at once and the page answers. */
import { useTranslation } from 'react-i18next'
import { ActionButton } from './action-button.tsx'
import type { Deed } from './api.ts'
import type { Shown } from './use-feed.ts'
import type { Feedback } from './use-feedback.ts'

export function PostActions({ shown, feedback }: { shown: Shown; feedback: Feedback }) {
  const { t } = useTranslation()
  const reaction = feedback.reactions.get(shown.entry.item.id)
  const isLiked = reaction === 'like'
  const act = (deed: Deed) => feedback.act({ deed, shown })
  return (
    <fieldset className="-mx-2 mt-2 -mb-2 flex flex-wrap">
      <legend className="sr-only">{t('deed.bar')}</legend>
      <ActionButton
        icon="heart"
        label={t('deed.like')}
        isPressed={isLiked}
        onPress={() => act(isLiked ? 'unlike' : 'like')}
      />
      <ActionButton icon="hide" label={t('deed.hide')} onPress={() => act('hide')} />
      <ActionButton
        icon="less"
        label={t('deed.less')}
        tip={t('deed.lessLong')}
        onPress={() => act('less')}
      />
      <ActionButton
        icon="more"
        label={t('deed.more')}
        tip={t('deed.moreLong')}
        isPressed={reaction === 'more'}
        onPress={() => act('more')}
      />
    </fieldset>
  )
}
