package io.alluvium.streams.admit.text;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Sentences in scripts without blanks between words, drawn from a few words of each part. */
public enum SignTexts {
  /** Simplified Han. */
  CHINESE(
      "。",
      "昨天 今天早上 明年 上个星期 每天晚上 去年冬天 下个月 刚才 春天 周末",
      "我们的邻居 那位老师 两个学生 一只猫 这家工厂 村里的医生 年轻的司机 图书馆 小河 他的姐姐 机器 市长 园丁 警察 木匠 商人 孩子们",
      "已经 慢慢地 突然 终于 常常 不再 小心地 一起 还没有 很快",
      "修好了 找到了 忘记了 卖掉了 打开了 画出了 检查了 借走了 推倒了 送来了 洗干净了 看见了",
      "红色的灯笼 旧打印机 三本书 一封长信 房顶 湿衣服 海边的地图 新桥 厨房的门 银色钥匙 苹果树 天气预报 停了的钟 一袋米 木栏杆 帆船 铅笔盒"),
  /** Kanji and kana. */
  JAPANESE(
      "。",
      "昨日 今朝 来年 先週 毎晩 去年の冬 来月 さっき 春に 週末",
      "隣の人は あの先生は 二人の学生が 猫が この工場は 村の医者が 若い運転手は 図書館では 姉は 市長が 庭師が 警官は 大工が 商人は 子供たちが",
      "もう ゆっくり 急に やっと よく 二度と 注意深く 一緒に まだ すぐに",
      "赤い提灯を 古い印刷機を 本を三冊 長い手紙を 屋根を 濡れた服を 海辺の地図を 新しい橋を 台所の扉を 銀の鍵を 林檎の木を 止まった時計を 米の袋を 帆船を 天気予報を",
      "直しました 見つけました 忘れました 売りました 開けました 描きました 調べました 借りました 倒しました 届けました 洗いました 塗りました 隠しました 運びました"),
  /** With vowels and tones written at the letters. */
  THAI(
      " ",
      "เมื่อวาน เช้านี้ ปีหน้า สัปดาห์ก่อน ทุกคืน ฤดูหนาวที่แล้ว เดือนหน้า ตอนนี้ วันจันทร์ ก่อนฝนตก ตอนเที่ยง สองปีก่อน",
      "เพื่อนบ้านของเรา ครูคนนั้น นักเรียนสองคน แมวตัวหนึ่ง โรงงานนี้ หมอในหมู่บ้าน คนขับรถหนุ่ม พี่สาวของเขา นายกเทศมนตรี คนสวน ตำรวจ ช่างไม้ พ่อค้า เด็กๆ",
      "ซ่อม หา ทาสี ย้าย ซ่อน เก็บ แลก ชี้ หมุน ลืม ขาย เปิด วาด ตรวจ ยืม ผลัก ส่ง ล้าง เห็น",
      "โคมไฟสีแดง เครื่องพิมพ์เก่า หนังสือสามเล่ม จดหมายยาว หลังคา เสื้อเปียก แผนที่ชายทะเล สะพานใหม่ ประตูครัว กุญแจเงิน นาฬิกาตาย ถุงข้าว รั้วไม้ เรือใบ กล่องดินสอ พัดลม",
      "แล้ว อย่างช้าๆ ทันที ในที่สุด บ่อยๆ อีกครั้ง อย่างระวัง ด้วยกัน");

  private final String end;

  @SuppressWarnings("ImmutableEnumChecker") // made of List.of and toList
  private final List<List<String>> parts;

  SignTexts(String end, String... parts) {
    this.end = end;
    this.parts = List.of(parts).stream().map(part -> List.of(part.split(" "))).toList();
  }

  /** Words of some sentences, each with its end. */
  public List<String> words(SplittableRandom random, int sentences) {
    List<String> words = new ArrayList<>();
    for (int i = 0; i < sentences; i++) {
      for (List<String> part : parts) {
        words.add(part.get(random.nextInt(part.size())));
      }
      words.set(words.size() - 1, words.get(words.size() - 1) + end);
    }
    return words;
  }

  /** Some sentences. */
  public String text(SplittableRandom random, int sentences) {
    return String.join("", words(random, sentences));
  }

  /** The same words, one in so many replaced by another of its part. */
  public String altered(List<String> words, SplittableRandom random, int oneIn) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < words.size(); i++) {
      boolean isAltered = random.nextInt(oneIn) == 0;
      List<String> part = parts.get(i % parts.size());
      text.append(isAltered ? part.get(random.nextInt(part.size())) : words.get(i));
    }
    return text.toString();
  }
}
