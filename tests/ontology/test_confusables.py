"""Names that look alike and are not one, and names that look different and are."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from triplehelix.ontology.authority_file import AuthorityFile, fold, load_authority
from triplehelix.ontology.vocabulary import load_schema

DIFFERENT = """
Shaanxi | Shanxi
Hebei | Hubei
Henan | Hunan
Hainan | Henan
Guangdong | Guangxi
Jiangsu | Jiangxi
Jilin | Jiangxi
Hunan | Hainan
Harbin | Hebei
Suzhou | Xuzhou
Fuzhou | Fushun
Taizhou | Taiyuan
Changsha | Changchun
Huizhou | Huzhou
Zhuhai | Zhuzhou
Xi'an | Xining
Yangtze River Delta | Pearl River Delta
Yangtze River Delta | Yangtze River Economic Belt
Greater Bay Area | San Francisco Bay Area
CAS | CAE
CAS | CASS
CAE | CASS
CAS | CAST
CAAS | CAMS
Chinese Academy of Sciences | Chinese Academy of Social Sciences
Chinese Academy of Engineering | China Academy of Engineering Physics
Chinese Academy of Medical Sciences | Chinese Academy of Meteorological Sciences
Ministry of Education | Ministry of Ecology and Environment
Ministry of Finance | Ministry of Foreign Affairs
Ministry of Natural Resources | Ministry of Human Resources and Social Security
MOE | MEE
MOF | MFA
MOHRSS | MOHURD
NPC | CPPCC
National People's Congress | National Health Commission
National Development and Reform Commission | National Health Commission
Ministry of Science and Technology | China Association for Science and Technology
Central Science and Technology Commission | Ministry of Science and Technology
State Council | State Council Information Office
CPC Central Committee | Central Military Commission
NSFC | National Natural Science Fund
National Natural Science Foundation of China | China Postdoctoral Science Foundation
University of Science and Technology of China | University of Science and Technology Beijing
University of Science and Technology of China | University of Electronic Science and Technology of China
USTC | HUST
University of Hong Kong | Chinese University of Hong Kong
HKU | HKUST
HKUST | HKUST (Guangzhou)
Chinese University of Hong Kong | Chinese University of Hong Kong, Shenzhen
Hong Kong Polytechnic University | Macao Polytechnic University
City University of Hong Kong | City University of Macau
Beijing University of Technology | Beijing Institute of Technology
Beijing Normal University | Beijing Jiaotong University
Northwestern Polytechnical University | Northwest University
Tianjin University | Tianjin University of Technology
Nanjing University | Nanjing Normal University
Southeast University | Southwest University
South China University of Technology | South China Normal University
East China Normal University | East China University of Science and Technology
Zhejiang University | Zhejiang University of Technology
Jinan University | University of Jinan
Westlake University | Westlake Laboratory
Shanghai University | ShanghaiTech University
Peking University | Beijing Normal University
Hefei National Laboratory | Hefei National Laboratory for Physical Sciences at the Microscale
Zhangjiang Laboratory | Lingang Laboratory
Purple Mountain Laboratories | Purple Mountain Observatory
Institute of Physics, Chinese Academy of Sciences | Institute of Theoretical Physics, Chinese Academy of Sciences
Kunming Institute of Botany | Kunming Institute of Zoology
14th Five-Year Plan | 15th Five-Year Plan
15th Five-Year Plan | Outline of the 15th Five-Year Plan
Project 985 | Project 211
Thousand Talents Plan | Ten Thousand Talents Plan
Higher Education Law of the PRC | Education Law of the PRC
Third Plenary Session of the 20th CPC Central Committee | Fourth Plenary Session of the 20th CPC Central Committee
19th CPC National Congress | 20th CPC National Congress
Bank of China | People's Bank of China
China Mobile | China Unicom
State Grid | China Southern Power Grid
World Bank | World Trade Organization
Hong Kong | Macao
South Korea | North Korea
quantum computing | quantum communication
machine learning | deep learning
5G | 6G
陕西 | 山西
河北 | 湖北
河南 | 湖南
苏州大学 | 宿州学院
苏州 | 宿州
宜春 | 伊春
抚州 | 福州
泰州 | 台州
玉林 | 榆林
科学技术部 | 中国科学技术协会
教育部 | 生态环境部
中国科学院 | 中国工程院
中国科学院 | 中国社会科学院
中国科学技术大学 | 中国科学院大学
北京大学 | 北京理工大学
华中科技大学 | 华东理工大学
南方科技大学 | 南京大学
香港科技大学 | 香港科技大学（广州）
中国人民银行 | 中国银行
国家卫生健康委员会 | 国家医疗保障局
“十四五”规划 | “十五五”规划
千人计划 | 万人计划
揭榜挂帅 | 赛马机制
先使用后付费 | 先用后付贷
国家实验室 | 全国重点实验室
"""

SAME = """
Ministry of Education | MOE
Ministry of Education | Ministry of Education of the People's Republic of China
Ministry of Science and Technology | MOST
Ministry of Human Resources and Social Security | MOHRSS
Ministry of Industry and Information Technology | MIIT
National Development and Reform Commission | NDRC
National Natural Science Foundation of China | NSFC
State-owned Assets Supervision and Administration Commission of the State Council | SASAC
China National Intellectual Property Administration | CNIPA
Cyberspace Administration of China | CAC
State Council | State Council of the People's Republic of China
Communist Party of China | CPC
Communist Party of China | CCP
CPC Central Committee | Party Central Committee
CPC Central Committee | Central Committee of the Communist Party of China
National People's Congress | NPC
Chinese People's Political Consultative Conference | CPPCC
Chinese Academy of Sciences | CAS
Chinese Academy of Engineering | CAE
Chinese Academy of Social Sciences | CASS
China Association for Science and Technology | CAST
Xinhua News Agency | Xinhua
China Central Television | CCTV
United Nations | UN
United Nations Educational, Scientific and Cultural Organization | UNESCO
Organisation for Economic Co-operation and Development | OECD
World Trade Organization | WTO
International Monetary Fund | IMF
European Union | EU
Guangdong | Guangdong Province
Inner Mongolia | Inner Mongolia Autonomous Region
Tibet | Xizang
Hong Kong | HKSAR
Hong Kong | Hong Kong SAR
Macao | Macau
Mainland | Chinese mainland
United States | U.S.
United States | US
United Kingdom | UK
South Korea | Republic of Korea
Guangdong-Hong Kong-Macao Greater Bay Area | GBA
Guangdong-Hong Kong-Macao Greater Bay Area | Guangdong Hong Kong Macao
Guangdong-Hong Kong-Macao Greater Bay Area | Guangdong–Hong Kong–Macau Greater Bay Area
Yangtze River Delta | YRD
Beijing-Tianjin-Hebei | Beijing Tianjin Hebei
Beijing-Tianjin-Hebei | Jing-Jin-Ji
Chengdu-Chongqing | Chengdu-Chongqing Economic Circle
Pearl River Delta | PRD
Xiong'an New Area | Xiongan
Innovation, Technology and Industry Bureau | ITIB
Financial Services and the Treasury Bureau | FSTB
Home and Youth Affairs Bureau | HYAB
Hong Kong Monetary Authority | HKMA
Hong Kong Productivity Council | HKPC
Hong Kong Science and Technology Parks Corporation | HKSTP
Hong Kong Talent Engage | HKTE
People's Government of Guangdong Province | Guangdong Provincial Government
Department of Education of Guangxi Zhuang Autonomous Region | Guangxi Department of Education
Shanghai Municipal Science and Technology Commission | Science and Technology Commission of Shanghai Municipality
Tsinghua University | Tsinghua
Peking University | PKU
University of Science and Technology of China | USTC
University of Chinese Academy of Sciences | UCAS
Sun Yat-sen University | SYSU
Southern University of Science and Technology | SUSTech
Hong Kong University of Science and Technology | HKUST
Chinese University of Hong Kong | CUHK
University of Hong Kong | Hong Kong University
Peng Cheng Laboratory | Pengcheng Laboratory
Dalian Institute of Chemical Physics | DICP
Contemporary Amperex Technology | CATL
Semiconductor Manufacturing International Corporation | SMIC
Huawei | Huawei Technologies Co., Ltd.
unveiling and leading | jiebang guashuai
use first, pay later | "Use-first, pay-later"
Double First-Class Initiative | Double First-Class
Belt and Road Initiative | One Belt, One Road
15th Five-Year Plan | 15th FYP
Thousand Talents Program | Thousand Talents Plan
government work report | Report on the Work of the Government
artificial intelligence | AI
low-altitude economy | low altitude economy
new energy vehicles | NEVs
20th CPC National Congress | 20th National Congress of the Communist Party of China
教育部 | 中华人民共和国教育部
科学技术部 | 科技部
人力资源和社会保障部 | 人社部
国家发展和改革委员会 | 国家发改委
中国科学院 | 中科院
全国人民代表大会 | 全国人大
中共中央 | 党中央
粤港澳大湾区 | 大湾区
长江三角洲 | 长三角
京津冀 | 京津冀地区
成渝 | 成渝地区双城经济圈
雄安新区 | 雄安
广东省 | 广东
清华大学 | 清华
揭榜挂帅 | “揭榜挂帅”
“双一流”建设 | 双一流建设
先使用后付费 | 先用后付
“十五五”规划 | 十五五规划
香港科技大学（广州） | 香港科技大学(广州)
"""

AMBIGUOUS = {
    "Suzhou": {"cn-js-suzhou", "cn-ah-suzhou"},
    "Fuzhou": {"cn-fj-fuzhou", "cn-jx-fuzhou"},
    "Taizhou": {"cn-js-taizhou", "cn-zj-taizhou"},
    "Yichun": {"cn-hl-yichun", "cn-jx-yichun"},
    "Yulin": {"cn-gx-yulin", "cn-sn-yulin"},
    "Suzhou University": {"uni-soochow-university", "uni-suzhou-university"},
}

ACROSS_LANGUAGES = """
Ministry of Education | 教育部
Guangdong-Hong Kong-Macao Greater Bay Area | 粤港澳大湾区
Shaanxi | 陕西
Shanxi | 山西
Soochow University | 苏州大学
Chinese Academy of Sciences | 中国科学院
Peng Cheng Laboratory | 鹏城实验室
unveiling and leading | 揭榜挂帅
use first, pay later | 先使用后付费
15th Five-Year Plan | “十五五”规划
artificial intelligence | 人工智能
outstanding engineers | 卓越工程师
"""


def pairs(text: str) -> list[tuple[str, str]]:
    return [(one, other) for one, other in (line.split(" | ") for line in text.strip().splitlines())]


Owners = Callable[[str], set[str]]


@pytest.fixture(scope="module")
def authority() -> AuthorityFile:
    return load_authority(load_schema())


@pytest.fixture(scope="module")
def owners(authority: AuthorityFile) -> Owners:
    """Return whom a name means: its owners on sight, or, where it has none, all that have it."""
    on_sight = {
        (language, fold(label)): set(keys)
        for language in ("en", "zh")
        for label, keys, contextual in authority.surfaces(language)
        if not contextual
    }

    def look_up(surface: str) -> set[str]:
        language = "zh" if any("\u4e00" <= letter <= "\u9fff" for letter in surface) else "en"
        found = {entry.key for entry in authority.candidates(surface, language)}
        return on_sight.get((language, fold(surface)), found)

    return look_up


@pytest.mark.parametrize(("one", "other"), pairs(DIFFERENT))
def test_names_that_look_alike_share_no_entity(owners: Owners, one: str, other: str) -> None:
    first, second = owners(one), owners(other)
    assert first, one
    assert second, other
    assert not first & second


@pytest.mark.parametrize(("one", "other"), pairs(SAME))
def test_aliases_share_exactly_one_entity(owners: Owners, one: str, other: str) -> None:
    assert len(owners(one) & owners(other)) == 1


@pytest.mark.parametrize(("english", "chinese"), pairs(ACROSS_LANGUAGES))
def test_names_meet_across_languages_in_the_authority_file(
    owners: Owners, english: str, chinese: str
) -> None:
    assert len(owners(english) & owners(chinese)) == 1


@pytest.mark.parametrize("name", AMBIGUOUS)
def test_a_shared_name_stays_ambiguous(owners: Owners, name: str) -> None:
    assert owners(name) == AMBIGUOUS[name]
