import type { Dictionary } from '../dictionary';

/** Starters for an empty chat. Asked as they stand, so they speak of places and sums that a reader of Chinese knows. */
export const examples: Dictionary = {
  'Dinner from the fridge': '冰箱里的晚餐',
  'I have chickpeas, a lemon, spinach and yoghurt. What can I cook in 30 minutes?': '我有鸡蛋、西红柿、豆腐和菠菜，30 分钟能做什么菜？',
  'A difficult email': '一封难写的邮件',
  'Write a short email to my landlord: the heating has been broken for a week and I want it fixed by Friday.': '给房东写一封简短的邮件：暖气坏了一个星期，我希望周五之前修好。',
  'Explain inflation': '解释通货膨胀',
  'Explain inflation to me as if I had never had an economics class.': '假设我从没上过经济学的课，给我解释什么是通货膨胀。',
  'A regex for dates': '匹配日期的正则',
  'Write a JavaScript regular expression that finds dates like 2026-11-22 in a text, and show how to use it.': '写一个 JavaScript 正则表达式，在文本中找出 2026-11-22 这样的日期，并演示用法。',
  'Plan a weekend': '安排一个周末',
  'Plan a relaxed weekend in Edinburgh for two people who like walking and good food.': '为两个喜欢散步和美食的人，安排一个轻松的杭州周末。',
  'Check my maths': '帮我算一笔账',
  'I borrow 12,000 at 6% a year and pay it back over 4 years in equal monthly payments. What is the monthly payment?': '我借 12000 元，年利率 6%，分 4 年等额按月还清，每月还多少？',
  'Say it more simply': '说得简单些',
  'Rewrite in plain language: "The undersigned hereby declares that the aforementioned equipment has been received in an undamaged condition."': '用通俗的话改写：“兹声明，下方签署人已收讫前述设备，且设备完好无损。”',
  'Translate a thank-you': '翻译一句感谢',
  'Translate into Spanish, friendly but polite: "Thank you for your help yesterday. It made my day much easier."': '翻译成英文，亲切而有礼貌：“谢谢你昨天的帮忙，让我轻松了很多。”',
  'A bedtime story': '睡前故事',
  'Tell a two-minute bedtime story about a lighthouse that is afraid of the dark.': '讲一个两分钟的睡前故事：一座怕黑的灯塔。',
  'Buy or repair?': '修还是买？',
  'My seven-year-old washing machine leaks and the repair costs 220. Should I have it repaired or buy a new one?': '我用了七年的洗衣机漏水，修理要 600 元。该修还是买新的？',
  'Practise an interview': '模拟面试',
  'Interview me for a job as a project manager. Ask one question at a time and comment on my answers.': '请面试我，职位是项目经理。每次问一个问题，并点评我的回答。',
  'Why leap years?': '为什么有闰年？',
  'Why do we have leap years, and why was 1900 not one?': '为什么会有闰年？为什么 1900 年不是闰年？',
};
