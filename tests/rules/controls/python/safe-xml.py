# ruleid: safe-xml
from defusedxml import ElementTree
# ok: safe-xml
import xml.etree
