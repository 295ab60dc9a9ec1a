"""What people write: obstacles in the words of those who have them, and what their mentors answer."""

from typing import NamedTuple


class Trouble(NamedTuple):
    """An obstacle: the place of its kind in the list that is offered, the report, and the thanks."""

    kind: int
    words: str
    thanks: str


MONEY, SKILLS, MACHINES, PERMITS, OTHER = range(5)

TROUBLES: dict[str, tuple[Trouble, ...]] = {
    "en": (
        Trouble(MACHINES, "The compressor leaks and the part takes six weeks.", "Thank you, we wait for him."),
        Trouble(MONEY, "New cutters cost more than we may spend this year.", "Good, I will tell our manager."),
        Trouble(SKILLS, "Nobody here knows how to read the new water meter.", "Now it is clear, thanks."),
        Trouble(PERMITS, "The waste collector lost his permit and we found no other.", "I will call them today."),
        Trouble(MACHINES, "The guard of press 4 is broken, we work without it.", "It is stopped now."),
        Trouble(OTHER, "The power was cut on nine days, the generator ran a lot.", "Yes, I have the diesel bills."),
        Trouble(MONEY, "The bank asks for a plan before it pays for the panels.", "Please send it, then I go there."),
        Trouble(SKILLS, "Our safety officer left, I do his work as well as I can.", "That helps, thank you."),
        Trouble(PERMITS, "We may not use the well until the water office has been here.", "I will write to them."),
        Trouble(OTHER, "Two orders came at once, the night shift is back for three weeks.", "We keep the list."),
        Trouble(MACHINES, "The boiler man says the insulation cannot be had before winter.", "We will try that."),
        Trouble(SKILLS, "The new clerk sends hours without overtime, I must count again.", "She has seen it now."),
    ),
    "es": (
        Trouble(MACHINES, "La caldera pierde vapor y el técnico no viene hasta fin de mes.", "Gracias, lo esperamos."),
        Trouble(MONEY, "No tenemos presupuesto para cambiar las lámparas este año.", "Bien, se lo digo al gerente."),
        Trouble(PERMITS, "El municipio no contesta sobre el permiso del pozo.", "Los llamo hoy mismo."),
        Trouble(SKILLS, "Nadie sabe cómo separar los residuos peligrosos.", "Ahora queda claro, gracias."),
        Trouble(OTHER, "Hubo cortes de luz y la lectura del medidor no cuadra.", "Mando la foto de la factura."),
        Trouble(MONEY, "El banco pide un aval para el secador nuevo.", "Lo vemos con contabilidad."),
        Trouble(MACHINES, "El contador de agua está parado desde el lunes.", "Queda apuntado, gracias."),
        Trouble(SKILLS, "El turno de noche no conoce el plan de evacuación.", "Lo hacemos esta semana."),
    ),
    "vi": (
        Trouble(MACHINES, "Máy nén khí bị rò, phụ tùng phải chờ năm tuần.", "Cảm ơn chị, chúng tôi chờ."),
        Trouble(MONEY, "Năm nay công ty chưa có tiền thay máy sấy cũ.", "Vâng, tôi sẽ báo với giám đốc."),
        Trouble(SKILLS, "Chúng tôi chưa biết cách ghi giờ làm thêm cho đúng.", "Tôi hiểu rồi, cảm ơn."),
        Trouble(PERMITS, "Giấy phép giếng nước đã hết hạn, chưa xin lại được.", "Tôi sẽ gọi cho họ."),
    ),
}

ANSWERS: dict[str, dict[int, tuple[str, ...]]] = {
    "en": {
        MONEY: ("The programme has a fund for this. I send you the form.", "Let us look at what it saves in a year."),
        SKILLS: ("I come by on Thursday and we do it together.", "There is a short video about it, I send it to you."),
        MACHINES: ("A technician of ours is near you next week.", "Please stop it until it is repaired. I call you."),
        PERMITS: ("Here is the office that helped another site.", "Keep the papers of every load until then."),
        OTHER: ("Thank you for telling us. Note the days, please.", "Send me the bills, I look at them."),
    },
    "es": {
        MONEY: ("El programa tiene un fondo para esto, te mando el formulario.", "Veamos cuánto ahorra en un año."),
        SKILLS: ("Paso el jueves y lo vemos en la planta.", "Hay un video corto sobre esto, te lo mando."),
        MACHINES: ("Un técnico nuestro está cerca la semana que viene.", "Párala hasta que esté reparada, te llamo."),
        PERMITS: ("Esta es la oficina que ayudó a otra fábrica.", "Guarda los papeles de cada carga hasta entonces."),
        OTHER: ("Gracias por avisar. Anota los días, por favor.", "Mándame las facturas y las miro."),
    },
}

FINDINGS: dict[str, dict[str, str]] = {
    "en": {
        "electricity": "Too much power: find the largest consumer and stop what runs at night",
        "injuries": "Somebody was injured: find the cause, guard the machine, train the shift",
    },
    "es": {
        "electricity": "Demasiada electricidad: buscar el mayor consumo y parar lo que corre de noche",
        "injuries": "Una persona herida: buscar la causa, proteger la máquina, formar al turno",
    },
}


class Planned(NamedTuple):
    """What the owner of a CAPA writes: what was done at once, the cause, the action, the step, and that it is done."""

    at_once: str
    cause: str
    action: str
    step: str
    done: str


PLANS: dict[str, tuple[Planned, ...]] = {
    "en": (
        Planned(
            "We stopped the machine and put up a sign.",
            "Nobody looks at the meter at night.",
            "The night shift reads the meter and writes it down.",
            "A list beside the meter, and who reads it.",
            "The list hangs there since last week, my chief looks at it.",
        ),
        Planned(
            "The place is closed off.",
            "The guard was taken off for cleaning and nobody put it back.",
            "The machine does not start without its guard.",
            "The electrician builds in a switch at the guard.",
            "The switch is in, we tried it with everybody.",
        ),
    ),
    "es": (
        Planned(
            "Paramos la máquina y pusimos un aviso.",
            "De noche nadie mira el medidor.",
            "El turno de noche lee el medidor y lo apunta.",
            "Una hoja junto al medidor y quién la llena.",
            "La hoja está desde la semana pasada y el jefe la revisa.",
        ),
    ),
    "vi": (
        Planned(
            "Chúng tôi đã dừng máy và đặt biển báo.",
            "Ban đêm không ai xem đồng hồ.",
            "Ca đêm đọc đồng hồ và ghi lại.",
            "Một bảng cạnh đồng hồ và người đọc.",
            "Bảng đã treo từ tuần trước, quản đốc kiểm tra.",
        ),
    ),
}

# Why a figure that the bot asked about is right.
REASONS = {
    "en": "We ran a night shift this month.",
    "es": "Este mes trabajamos también de noche.",
    "vi": "Tháng này chúng tôi làm thêm ca đêm.",
}
