"""Signs on a message: names as Slack has them, and the emoji among those that Telegram lets a bot use."""

EMOJI = {
    "+1": "👍",
    "thumbsup": "👍",
    "white_check_mark": "👌",
    "heavy_check_mark": "👌",
    "ok_hand": "👌",
    "eyes": "👀",
    "heart": "❤",
    "tada": "🎉",
    "pray": "🙏",
    "clap": "👏",
    "handshake": "🤝",
    "thinking_face": "🤔",
    "writing_hand": "✍",
    "memo": "✍",
}
