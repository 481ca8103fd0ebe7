#include "daemon/demo_samples.h"

#include "processors/text/embed.h"

WIREDESK_EMBED(wiredesk_demo_01, WIREDESK_CONFIG_DIR "/demo/01-xinhua-tea-train.txt");
WIREDESK_EMBED(wiredesk_demo_02, WIREDESK_CONFIG_DIR "/demo/02-reuters-cod.txt");
WIREDESK_EMBED(wiredesk_demo_03, WIREDESK_CONFIG_DIR "/demo/03-ap-overdue-book.txt");
WIREDESK_EMBED(wiredesk_demo_04, WIREDESK_CONFIG_DIR "/demo/04-afp-bees.txt");
WIREDESK_EMBED(wiredesk_demo_05, WIREDESK_CONFIG_DIR "/demo/05-dpa-night-train.txt");
WIREDESK_EMBED(wiredesk_demo_06, WIREDESK_CONFIG_DIR "/demo/06-kyodo-branch-line.txt");
WIREDESK_EMBED(wiredesk_demo_07, WIREDESK_CONFIG_DIR "/demo/07-tass-icebreaker.txt");
WIREDESK_EMBED(wiredesk_demo_08, WIREDESK_CONFIG_DIR "/demo/08-yonhap-kimchi.txt");
WIREDESK_EMBED(wiredesk_demo_09, WIREDESK_CONFIG_DIR "/demo/09-xinhua-tea-train-resend.txt");
WIREDESK_EMBED(wiredesk_demo_10, WIREDESK_CONFIG_DIR "/demo/10-courier-cod-reprint.txt");
WIREDESK_EMBED(wiredesk_demo_11, WIREDESK_CONFIG_DIR "/demo/11-reuters-cod-corrected.txt");
WIREDESK_EMBED(wiredesk_demo_12, WIREDESK_CONFIG_DIR "/demo/12-ap-overdue-book-kill.txt");
WIREDESK_EMBED(wiredesk_demo_13, WIREDESK_CONFIG_DIR "/demo/13-efe-lighthouse-latin1.txt");
WIREDESK_EMBED(wiredesk_demo_14, WIREDESK_CONFIG_DIR "/demo/14-ansa-clock.json");
WIREDESK_EMBED(wiredesk_demo_15, WIREDESK_CONFIG_DIR "/demo/15-xinhua-tea-train-update.txt");
WIREDESK_EMBED(wiredesk_demo_16, WIREDESK_CONFIG_DIR "/demo/16-xinhua-drum-album.txt");
WIREDESK_EMBED(wiredesk_demo_config, WIREDESK_CONFIG_DIR "/demo.yaml");

namespace wiredesk {

const std::vector<DemoSample>& demo_samples() {
  static const std::vector<DemoSample> kSamples{
      {"01-xinhua-tea-train.txt", "xinhua",
       embedded_view(wiredesk_demo_01_begin, wiredesk_demo_01_end)},
      {"02-reuters-cod.txt", "reuters",
       embedded_view(wiredesk_demo_02_begin, wiredesk_demo_02_end)},
      {"03-ap-overdue-book.txt", "ap", embedded_view(wiredesk_demo_03_begin, wiredesk_demo_03_end)},
      {"04-afp-bees.txt", "afp", embedded_view(wiredesk_demo_04_begin, wiredesk_demo_04_end)},
      {"05-dpa-night-train.txt", "dpa",
       embedded_view(wiredesk_demo_05_begin, wiredesk_demo_05_end)},
      {"06-kyodo-branch-line.txt", "kyodo",
       embedded_view(wiredesk_demo_06_begin, wiredesk_demo_06_end)},
      {"07-tass-icebreaker.txt", "tass",
       embedded_view(wiredesk_demo_07_begin, wiredesk_demo_07_end)},
      {"08-yonhap-kimchi.txt", "yonhap",
       embedded_view(wiredesk_demo_08_begin, wiredesk_demo_08_end)},
      {"09-xinhua-tea-train-resend.txt", "xinhua",
       embedded_view(wiredesk_demo_09_begin, wiredesk_demo_09_end)},
      {"10-courier-cod-reprint.txt", "fjord-courier",
       embedded_view(wiredesk_demo_10_begin, wiredesk_demo_10_end)},
      {"11-reuters-cod-corrected.txt", "reuters",
       embedded_view(wiredesk_demo_11_begin, wiredesk_demo_11_end)},
      {"12-ap-overdue-book-kill.txt", "ap",
       embedded_view(wiredesk_demo_12_begin, wiredesk_demo_12_end)},
      {"13-efe-lighthouse-latin1.txt", "efe",
       embedded_view(wiredesk_demo_13_begin, wiredesk_demo_13_end)},
      {"14-ansa-clock.json", "", embedded_view(wiredesk_demo_14_begin, wiredesk_demo_14_end)},
      {"15-xinhua-tea-train-update.txt", "xinhua",
       embedded_view(wiredesk_demo_15_begin, wiredesk_demo_15_end)},
      {"16-xinhua-drum-album.txt", "xinhua",
       embedded_view(wiredesk_demo_16_begin, wiredesk_demo_16_end)},
  };
  return kSamples;
}

std::string_view demo_config_text() {
  return embedded_view(wiredesk_demo_config_begin, wiredesk_demo_config_end);
}

}  // namespace wiredesk
