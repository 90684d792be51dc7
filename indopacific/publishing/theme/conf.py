"""What Sphinx is told of the pages, whatever they hold; the rest comes with the build."""

project = html_title = "NATO and the Indo-Pacific"
extensions = ["myst_parser"]

myst_heading_anchors = 3
myst_heading_slug_func = "indopacific.publishing.notebooks.slug"

# Prose stands as it is written: a quotation mark of ours is tested, one of Sphinx's is not.
smartquotes = False

html_theme = "furo"
html_theme_options: dict[str, list[str]] = {"top_of_page_buttons": []}
html_static_path = ["static"]
html_css_files = ["course.css"]
html_js_files = ["course.js"]
html_favicon = "favicon.svg"
templates_path = ["."]
pygments_style = "a11y-light"
pygments_dark_style = "a11y-dark"

html_copy_source = False
html_show_copyright = False
html_show_sphinx = False
html_use_index = False
