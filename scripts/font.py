"""Cut the fonts of pictures out of Noto Sans CJK and write them to convviz/paint/fonts/.

They hold Latin, Greek, every sign the source writes, every character of the Chinese catalogue, and `SPARE`,
so that most new translations need no new font. Signs of mathematics are Noto Sans Math's and Noto Sans's:
CJK's own are as wide as a Chinese character, or missing. Where a new font is needed (a test says so), take
Debian's packages fonts-noto-cjk and fonts-noto-core, and:

    .venv/bin/python -m pip install fonttools
    .venv/bin/python -m scripts.font /usr/share/fonts
"""

from __future__ import annotations

import sys
from pathlib import Path

from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.subset import Options, Subsetter, load_font, save_font
from fontTools.ttLib import TTFont

from convviz.pictures.paper.font import CODE, TEXT
from scripts.serving import ROOT

COLLECTION = "NotoSansCJK-Regular.ttc"
FACES = {TEXT: "Noto Sans CJK SC", CODE: "Noto Sans Mono CJK SC"}
LATIN = "".join(map(chr, [*range(0x20, 0x7F), *range(0xA0, 0x180)]))
GREEK = "ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩαβγδεζηθικλμνξοπρστυφχψω"
SIGNS = {
    "NotoSansMath-Regular.ttf": "×÷±≤≥≠≈∞√∂∑∈∘∇←↑→↓⌈⌉⌊⌋′″‴",
    "NotoSans-Regular.ttf": "·•…⅛",
}
HOSTS = range(0x3041, 0x3097)  # Japanese characters, whose glyphs give way to the signs
SPARE = (
    "的一是了我不人在他有这个上们来到时大地为子中你说生国年着就那和要她出也得里后自以会家可下而过天去能对小多然于心"
    "学么之都好看起发当没成只如事把还用第样道想作种开美总从无情己面最女但现前些所同日手又行意动方期它头经长儿回位分"
    "爱老因很给名法间斯知世什两次使身者被高已亲其进此话常与活正感见明问力理尔点文几定本公特做外孩相西果走将月十实向"
    "声车全信重三机工物气每并别真打太新比才便夫再书部水像眼等体却加电主界门利海受听表德少克代员许先口由死安写性马光"
    "白或住难望教命花结乐色更拉东神记处让母父应直字场平报友关放至张认接告入笑内英军候民岁往何度山觉路带万男边风解叫"
    "任金快原吃妈变通师立象数四失满战远格士音轻目条呢病始达深完今提求清王化空业思切怎非找片罗钱语元喜曾离飞科言干流"
    "欢约各即指合反题必该论交终林请医晚制球决传画保读运及则房早院量苦火布品近坐产答星精视五连司巴奇管类未朋且婚台夜"
    "青北队久乎越观落尽形影红爸百令周吧识步希亚术留市半热送兴造谈容极随演收首根讲整式取照办强石古华拿计您装似足双妻"
    "尼转诉米称丽客南领节衣站黑刻统断福城故历惊脸选包紧争另建维绝树系伤示愿持千史谁准联妇纪基买志静阿诗独复痛消社算"
    "义竟确酒需单治卡幸兰念举仅钟怕共毛句息功官待究跟穿室易游程号居考突皮哪费倒价图具刚脑永歌响商礼细专黄块脚味灵改"
    "据般破引食仍存众注笔甚某沉血备习校默务土微娘须试怀料调广苏显赛查密议底列富梦错座参八除跑亮假印设线温虽掉京初养"
    "香停际致阳纸李纳验助激够严证帝饭忘趣支春集丈木研班普导顿睡展跳获艺六波察群皇段急庭创区奥器谢弟店否害草排背止组"
    "州朝封睛板角况曲馆育忙质河续哥呼若推境遇雨标姐充围案伦护冷警贝著雪索剧啊船险烟依斗值帮汉慢佛肯闻唱沙局伯族低玩"
    "阶层卷积核池填充步幅通道滤波梯权偏置激活损失函数矩阵卵循环输输出右左窗口宽列频率缩零梳递减域邻插删键按钮滑块框"
    "批判供测械检核校释译析述论证推荐替换补缺截剪裁拖拽拉伸旋翻折叠绕环圈弧弯曲直斜横竖纵粗细厚薄浓淡深浅暗彩灰绿紫橙"
    "棕粉橘蓝像素帧片段章节页码册录档案盘存储载卸装配套组件模型版次序列排升降级别类族种群簇堆栈队链串符号标签注脚饰浮沉悬"
    "闪烁隐藏显露遮罩蒙盖透渗漏洞缝隙距离邻侧旁沿岸坡峰谷顶底端尾首末根茎枝核壳膜层厂库仓房屋墙壁砖泥沙石矿煤油汽电磁波射"
    "辐振荡摆钟秒刻毫微纳兆倍乘除方圆椭菱锥球柱角弦切割弧矢质惯性势能热冷温湿压强弱硬软滑糙锐钝损坏毁修复原始终停顿暂缓急"
    "快迅速疾渐突骤忽稳固牢靠否非伪虚盈亏账单票据凭证股额衡秤尺寸丈斤两吨升桶瓶罐箱盒袋包裹捆绑系结绳索锁钥匙孔眼耳鼻舌唇"
    "猫狗兔鼠牛羊猪鸡鸭鹅鱼虾蟹龟蛇虫蚁蜂蝶鸟雀鹰鸽虎豹狮象熊猴鹿驼狐狼苹果梨桃杏李枣葡萄蕉柠檬瓜菜豆麦稻粟玉薯茶咖啡"
    "恒拟趋敛散逼锯齿噪偶奇余商积差互补逆转置映投影嵌套递归遍历枚举穷搜寻贪婪策略约束松弛惩罚励估价误偏欠泛抽样采集批随"
    "均匀泊松指伽玛贝叶斯熵叉冗缩编解码译密签哈希纠错丢弃衰冻粘贴复制撤销恢确取消提交刷新登注册退授权限访问拒绝允许禁止"
)


def characters() -> set[str]:
    """Every character that the sources and catalogues write, and those kept to spare."""
    signs = "".join(SIGNS.values())
    files = [*(ROOT / "convviz").rglob("*.py"), *(ROOT / "convviz").rglob("*.po")]
    written = "".join(path.read_text("utf-8") for path in files)
    return {each for each in written + LATIN + GREEK + signs + SPARE if each.isprintable()}


def find(folder: Path, name: str) -> Path:
    """A font's file somewhere below a folder."""
    found = next(folder.rglob(name), None)
    if found is None:
        raise SystemExit(f"no {name} below {folder}")
    return found


def put_signs(font: TTFont, folder: Path) -> None:
    """Give a face the signs of the other fonts."""
    hosts, map_ = iter(HOSTS), font.getBestCmap()
    for name, signs in SIGNS.items():
        source = TTFont(find(folder, name))
        glyphs = source.getGlyphSet()
        for sign in signs:
            host, drawn = map_[next(hosts)], glyphs[source.getBestCmap()[ord(sign)]]
            charstrings = font["CFF "].cff.topDictIndex[0].CharStrings
            private = charstrings[host].private
            pen = T2CharStringPen(drawn.width - private.nominalWidthX, glyphs)
            drawn.draw(pen)
            charstrings[host] = pen.getCharString(private, charstrings[host].globalSubrs)
            font["hmtx"][host] = (drawn.width, 0)
            for table in font["cmap"].tables:
                if table.isUnicode() and table.format != 14:
                    table.cmap[ord(sign)] = host


def cut(folder: Path, face: str, letters: set[str], to: Path) -> None:
    """Write one face with these letters only."""
    options = Options(layout_features=["kern"], hinting=False, name_IDs=["*"], notdef_outline=True)
    options.drop_tables += ["vhea", "vmtx", "VORG", "BASE", "GSUB"]
    source = find(folder, COLLECTION)
    for number in range(10):
        options.font_number = number
        font = load_font(str(source), options)
        if font["name"].getDebugName(4) == face:
            break
    else:
        raise SystemExit(f"{source} holds no {face}")
    if to == TEXT:
        put_signs(font, folder)
    subsetter = Subsetter(options)
    subsetter.populate(text="".join(letters))
    subsetter.subset(font)
    save_font(font, str(to), options)
    print(f"{to.relative_to(ROOT)}: {len(letters)} characters, {to.stat().st_size:,} bytes")


def main() -> None:
    """Write both fonts: every character in the one for text, what is not Chinese in the one for code."""
    letters = characters()
    folder = Path(sys.argv[1])
    cut(folder, FACES[TEXT], letters, TEXT)
    cut(folder, FACES[CODE], {each for each in letters if each < "⺀"}, CODE)


if __name__ == "__main__":
    main()
