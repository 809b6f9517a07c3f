"""The comparative portfolios of the public listing."""

#: In alphabetical order. Source: the operator's register, so there may be more.
PORTFOLIOS = (
    "Aviation and space",
    "Biotechnology",
    "Construction",
    "Creative industries",
    "Energy and environment",
    "Food industry",
    "Health and medical science",
    "ICT",
    "Maritime technologies, water resources",
    "Micro, nano and optical technologies",
    "New materials and chemistry",
    "Production and engineering",
    "Sports, Leisure and Tourism",
    "Textile industries",
    "Transportation and mobility",
)
