"""Texts written for this project, which the encoder export calibrates on, replays and checks token ids with.

The shipped weights depend on CALIBRATION_TEXTS and the published encoder alone; no data set enters them.
"""

CALIBRATION_TEXTS = [
    "Hi!",
    "Thanks, that worked.",
    "What is the capital of Mongolia?",
    "How do I get red wine out of a wool carpet?",
    "Explain photosynthesis to a ten-year-old.",
    "Write a limerick about a cat who is afraid of printers.",
    "Give me three reasons to learn Rust, and three reasons not to.",
    "Summarise the plot of Hamlet in two sentences.",
    "Translate into German: The train to Munich leaves at half past seven from platform twelve.",
    "¿Cuál es la diferencia entre ser y estar? Dame ejemplos sencillos.",
    "Rédige un courriel poli pour reporter une réunion à jeudi prochain.",
    "Bitte erkläre mir den Unterschied zwischen Brutto und Netto auf einer Gehaltsabrechnung.",
    "日本の歴史について簡単に教えてください。",
    "请用简单的语言解释什么是黑洞。",
    "Напиши короткое поздравление с днём рождения для коллеги.",
    "اكتب لي وصفة بسيطة لشوربة العدس",
    "मुझे एक आसान शाकाहारी नाश्ता बताओ",
    "def median(values):\n    ordered = sorted(values)\n    return ordered[len(ordered) // 2]\n\nIs this right for an even number of values?",
    "SELECT name, COUNT(*) FROM orders GROUP BY name HAVING COUNT(*) > 5; -- why is this slow on two million rows?",
    "TypeError: Cannot read properties of undefined (reading 'map') at App.jsx:42. What does it mean?",
    "```js\nconst wait = (ms) => new Promise((done) => setTimeout(done, ms));\n```\nConvert this to TypeScript and add a way to cancel it.",
    "Prove that the square root of 2 is irrational.",
    "Solve for x: 3x^2 - 7x + 2 = 0. Show each step.",
    "What is 17% of 2,340? And what is 2,340 / 0.17?",
    "If a train travels 120 km in 1 h 20 min, what is its average speed in m/s?",
    "Should I take a fixed or a variable mortgage? I am 34, have a stable job, and plan to move in six years.",
    "My landlord keeps my deposit and will not answer my letters. What can I do?",
    "I feel overwhelmed at work and cannot sleep. Any advice that is not just 'drink tea and relax'?",
    "Plan a five-day trip to Lisbon for two adults and a toddler, with little walking and good food.",
    "You are a pirate captain. Describe this morning's storm to your crew.",
    "Write the opening paragraph of a detective story set in a lighthouse, in the style of the 1930s.",
    "Draft a cover letter for a junior data analyst who used to be a nurse.",
    "Rewrite this more formally: hey, can u send me the file asap, need it for the thing tmrw",
    "Classify the sentiment: 'The screen is gorgeous, but the battery barely survives lunch.'",
    "Extract every date from: The lease starts on 3 May 2021, was renewed 2022-05-03 and ends 05/02/24.",
    "List the planets by mass, heaviest first, as a Markdown table with mass in kg.",
    "Why did the Roman Republic fall? Compare at least two historians' explanations.",
    "Compare gradient boosting with a small neural network for tabular data of 10,000 rows.",
    "What happens to the bond market when a central bank raises interest rates by 75 basis points?",
    "Which antibiotics interact with alcohol, and why?",
    "Is it legal in the EU to record a phone call without telling the other person?",
    "Recipe for bread without kneading, please. I have 500 g flour, 7 g dry yeast, salt, and a cast-iron pot.",
    "👋 Can you suggest a good name for a golden retriever puppy? 🐶🐶",
    "asdf jkl; qwerty zxcvbn",
    "1234567890 0987654321 3.14159265358979 6.02214076e23 0xDEADBEEF",
    "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA!!!!!!!!!!!!!!!!!!!!!!!",
    "https://example.org/search?q=private+router&lang=en#results — what do the parts of this address mean?",
    "The following is a transcript of a meeting. Anna: We are two weeks late. Ben: The supplier changed the connector without "
    "telling us, so the housing has to be milled again. Anna: Can the first fifty go out by hand? Ben: If we skip the coating, yes. "
    "Carla: The customer asked for the coating explicitly, in writing, in March. Anna: Then we tell them today, offer the uncoated "
    "fifty as a loan, and deliver the rest on the ninth. Ben: I need a second shift for that. Carla: Approved until the end of the "
    "month. Anna: Good. Who writes to the customer? Carla: I do. Please write the minutes, with decisions, owners and dates, and "
    "then draft Carla's message to the customer: honest, short, without excuses, and with one clear question at the end.",
]

PARITY_TEXTS = {
    "empty": "",
    "spaces only": "  \n\t ",
    "one word": "Hello",
    "short question": "How do I wrap a present neatly?",
    "code": "def fib(n: int) -> int:\n    return n if n < 2 else fib(n - 1) + fib(n - 2)",
    "maths": "Evaluate ∫₀^∞ x²·e^(−x) dx, and explain why √2 ≉ 3/2 (½ ≤ x < 1).",
    "accents and case": "Crème brûlée à la Carte: NAÏVE Ångström, Straße, İstanbul",
    "Greek capital sigma": "ΟΔΥΣΣΕΥΣ ΚΑΙ ΣΙΣΥΦΟΣ",
    "Chinese and Japanese": "请解释量子纠缠。量子もつれを説明してください。",
    "emoji and symbols": "👩‍👩‍👧‍👦 says “hi” — 100 % sure… ™ 🇩🇪",
    "paragraph": "I run a small bakery and want to stop throwing away bread at the end of the day. Suggest a pricing rule "
                 "for the last two hours, say what I should measure for a month, and warn me about what may go wrong.",
    "longer than 256 tokens": "Summarise this log and name the first error. " + " ".join(
        f"step {number}: request {number * 7919 % 1000} took {number * 31 % 97} ms;" for number in range(40)),
}

EDGE_TEXTS = [
    *PARITY_TEXTS.values(),
    "e\u0301 combining acute, \u200bzero\u200bwidth, soft\u00adhyphen, \u00a0no-break\u00a0space",
    "\u0000null and\u0007bell", "\ufeffbyte order mark", "\r\nWindows\r\nlines\r\n", "x" * 150, "aaa" * 120,
    "[MASK] and [SEP] inside [CLS], [mask], [PAD], [UNK]x", "don't can't won't o'clock",
    "$E=mc^2$ “quotes” ½ ﬁ ② ﷺ 𝒳𝓎", "שלום עולם", "مرحبا بالعالم", "हिन्दी पाठ", "ภาษาไทย", "한국어 문장입니다",
    "ŉ Ǆ ŀ ẞ ß ı I İ ΑΣ ΣΑΣ", "\ud7ff \ue000 \U0010ffff \ufffd", "—–‐-_/\\|",
    "word " * 253, "word " * 254, "word " * 255, "word " * 256, "日" * 300,
]
