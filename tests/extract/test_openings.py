"""Titles, dates and issuers as documents open, above all Chinese ones."""

from __future__ import annotations

import pytest

from triplehelix.extract.metadata import Metadata
from triplehelix.extract.openings import opening_metadata

BODY = "支持高等学校与企业联合培养工程师，推动科技成果转化，建设区域协同创新共同体。\n" * 3


def opening(head: str, tail: str = "") -> tuple[str | None, str | None, str | None]:
    """Title, date and publisher of a text that begins so."""
    found = opening_metadata(f"{head}\n{BODY}{tail}")
    return found.title, found.date, found.publisher


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        pytest.param(
            "2026年江东省政府工作报告\n来源：江东日报\n——2026年1月15日在江东省第十五届人民代表大会第四次会议上\n"
            "江东省人民政府省长 陆青原\n各位代表：\n现在，我代表省人民政府，向大会报告工作。",
            ("2026年江东省政府工作报告", "2026-01-15", "江东省人民政府"),
            id="with a subtitle on lines of its own",
        ),
        pytest.param(
            "2026年云岭自治区政府工作报告\n"
            "2026年1月19日在云岭自治区第十四届人民代表大会第四次会议上自治区主席 秦望作政府工作报告",
            ("2026年云岭自治区政府工作报告", "2026-01-19", "云岭自治区人民政府"),
            id="in one line",
        ),
        pytest.param(
            "政府工作报告\n——2026年3月5日在第十四届全国人民代表大会第四次会议上\n国务院总理",
            ("政府工作报告——2026年3月5日在第十四届全国人民代表大会第四次会议上", "2026-03-05", "国务院"),
            id="of the nation, with what tells it from others",
        ),
    ],
)
def test_a_government_reports_to_its_assembly(head: str, expected: tuple[str, str, str]) -> None:
    assert opening(head) == expected


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        pytest.param(
            "江东省工程师培养条例\n2023年5月30日 江东省第十四届人民代表大会常务委员会第三次会议通过\n第一章　总　则",
            ("江东省工程师培养条例", "2023-05-30", "江东省人民代表大会常务委员会"),
            id="adopted",
        ),
        pytest.param(
            "江东省工程师培养条例\n（2019年5月30日江东省第十三届人民代表大会第二次会议通过\n"
            "2024年9月27日 江东省第十四届人民代表大会常务委员会第十次会议修订）",
            ("江东省工程师培养条例", "2024-09-27", "江东省人民代表大会"),
            id="amended: the text is that of the amendment",
        ),
        pytest.param(
            "中华人民共和国工程师法\n1998年8月29日 第九届全国人民代表大会常务委员会第四次会议通过\n第一章 总则",
            ("中华人民共和国工程师法", "1998-08-29", "全国人民代表大会常务委员会"),
            id="national law",
        ),
        pytest.param(
            "中华人民共和国工程师法\n（2023年9月1日第十四届全国人民代表大会常务委员会第五次会议通过）\n目　录",
            ("中华人民共和国工程师法", "2023-09-01", "全国人民代表大会常务委员会"),
            id="in brackets",
        ),
        pytest.param(
            "教育部令\n第50号\n《学校工程师管理办法》已经2021年1月1日教育部部务会议审议通过，现予公布。\n2021年1月10日",
            ("教育部令第50号", "2021-01-10", "教育部"),
            id="by order of a ministry",
        ),
        pytest.param(
            "江东省发展规划纲要\n（2026年1月20日江东省第十五届人民代表大会第四次会议批准）\n目　录",
            ("江东省发展规划纲要", "2026-01-20", "江东省人民代表大会"),
            id="a plan that an assembly approved",
        ),
        pytest.param(
            "工程师奖励条例\n1999年5月23日 中华人民共和国国务院令第265号发布\n"
            "2024年5月26日 《国务院关于修改〈工程师奖励条例〉的决定》修订",
            ("工程师奖励条例", "2024-05-26", "国务院"),
            id="by order of the State Council",
        ),
    ],
)
def test_a_law_is_dated_by_its_last_adoption(head: str, expected: tuple[str, str, str]) -> None:
    assert opening(head) == expected


@pytest.mark.parametrize(
    ("head", "tail", "expected"),
    [
        pytest.param(
            "国务院关于推进工程师培养的意见\n国发〔2026〕7号\n各省、自治区、直辖市人民政府，国务院各部委：",
            "国务院\n2026年3月5日\n（此件公开发布）\n",
            ("国务院关于推进工程师培养的意见", "2026-03-05", "国务院"),
            id="signed",
        ),
        pytest.param(
            "教育部等六部门关于印发\n《工程师联合培养方案》的通知\n教研〔2026〕2号\n各高等学校：",
            "教育部\n科技部\n二〇二六年四月十六日\n",
            ("教育部等六部门关于印发《工程师联合培养方案》的通知", "2026-04-16", "教育部"),
            id="title on two lines, date in Chinese numerals",
        ),
        pytest.param(
            "江东省科学技术厅文件\n江科〔2026〕12号\n江东省科学技术厅 江东省财政厅\n关于发放创新券的通知\n各市科技局：",
            "",
            ("江东省科学技术厅 江东省财政厅关于发放创新券的通知", None, "江东省科学技术厅、江东省财政厅"),
            id="two bodies below a letterhead",
        ),
        pytest.param(
            "索 引 号：000014349/2026-00012\n发文机关：国务院办公厅\n成文日期：2026年01月05日\n"
            "标　　题：国务院办公厅关于开放科研设施的意见\n发文字号：国办发〔2026〕1号\n发布日期：2026年01月08日\n"
            "国务院办公厅关于开放科研设施的意见\n各省、自治区、直辖市人民政府：",
            "",
            ("国务院办公厅关于开放科研设施的意见", "2026-01-05", "国务院办公厅"),
            id="table of a government's page",
        ),
    ],
)
def test_a_notice_names_its_issuers(
    head: str, tail: str, expected: tuple[str, str | None, str]
) -> None:  # fmt: skip
    assert opening(head, tail) == expected


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        pytest.param(
            "仪器共享平台启动-新华网\n新华社江城1月5日电（记者 沈一然）国家仪器共享平台5日启动。",
            ("仪器共享平台启动", None, "新华社"),
            id="dateline without a year",
        ),
        pytest.param(
            "仪器共享平台启动 - 滚动新闻 - 江东日报网 - 江东在线\n"
            "2026-01-06 09:12:44 [来源:江东日报] 字体:【大 中 小】",
            ("仪器共享平台启动", "2026-01-06", "江东日报"),
            id="source and time of a page",
        ),
        pytest.param(
            "仪器共享平台启动-江城网\n平台向中小企业开放六千台仪器。",
            ("仪器共享平台启动", None, "江城网"),
            id="only the site",
        ),
        pytest.param(
            "国务院办公厅印发《工程师培养方案》\n近日，国务院办公厅印发了《工程师培养方案》。",
            ("国务院办公厅印发《工程师培养方案》", None, None),
            id="news on a notice is not issued by who issued the notice",
        ),
        pytest.param(
            "新华社江城1月5日电 国家仪器共享平台5日在江城启动，向中小企业开放。",
            (None, None, "新华社"),
            id="no title",
        ),
        pytest.param(
            "仪器共享平台启动\n2025年11月3日，江城市与二十所高校签署协议，决定共建仪器共享平台，首批仪器六千台，面向中小企业。",
            ("仪器共享平台启动", None, None),
            id="when something happened is no date of issue",
        ),
    ],
)
def test_news_name_their_agency(head: str, expected: tuple[str | None, str | None, str | None]) -> None:
    assert opening(head) == expected


def test_a_subtitle_belongs_to_the_title() -> None:
    assert opening("工程师从哪里来\n——以江东省为例\n顾文山")[0] == "工程师从哪里来——以江东省为例"


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("\n\n  Plan for Engineers \n\nText.", "Plan for Engineers"),
        ("关于培养工程师的意见\n正文。", "关于培养工程师的意见"),
        ("The ministry launched a pilot.\nMore.", None),
        ("教育部启动试点。", None),
        ("word " * 60 + "\nText.", None),
        ("2026-03-09\nText", None),
        ("https://example.org/a\nText", None),
        ("***\nText", None),
    ],
)
def test_the_title_is_a_short_first_line(text: str, title: str | None) -> None:
    assert opening_metadata(text).title == title


def test_english_openings_give_title_and_date() -> None:
    assert opening_metadata("Plan for Engineers\nMarch 9, 2026\nText.") == Metadata(
        "Plan for Engineers", "2026-03-09"
    )
