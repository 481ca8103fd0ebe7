#include "processors/text/agencies.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "processors/text/characters.h"
#include "processors/text/phrases.h"

namespace wiredesk {
namespace {

constexpr std::size_t kMaxBytes = 40;  // of a name; less than 64

struct Row {
  Agency agency;
  std::vector<std::string_view> aliases;
};

const std::vector<Row>& rows() {
  static const std::vector<Row> kRows{
      {{"Xinhua"}, {"xinhua news agency", "xinhuanet", "xhtxs"}},
      {{"AP"}, {"associated press", "the associated press", "the ap", "ap images"}},
      {{"Reuters"}, {"thomson reuters", "reuter", "reuters pictures", "reuters connect"}},
      {{"AFP"}, {"agence france-presse", "agence france presse", "afp-jiji", "afp-services"}},
      {{"dpa"}, {"deutsche presse-agentur", "dpa-zentralbild", "dpa picture-alliance"}},
      {{"Kyodo"}, {"kyodo news"}},
      {{"Jiji"}, {"jiji press"}},
      {{"TASS"}, {"itar-tass", "tass news agency"}},
      {{"Yonhap"}, {"yonhap news", "yonhap news agency"}},
      {{"ANI"}, {"asian news international"}},
      {{"PTI"}, {"press trust of india"}},
      {{"IANS"}, {"indo-asian news service"}},
      {{"UNI"}, {}},
      {{"EFE"}, {"agencia efe"}},
      {{"EPA"}, {"epa-efe", "efe-epa", "european pressphoto agency"}},
      {{"Europa Press"}, {}},
      {{"ANSA"}, {}},
      {{"Lusa"}, {}},
      {{"APA"}, {"apa-images", "apa.at"}},
      {{"Keystone"}, {"keystone-sda", "keystone-ats"}},
      {{"Belga"}, {}},
      {{"ANP"}, {}},
      {{"NTB"}, {"scanpix", "ntb scanpix"}},
      {{"TT"}, {"tt news agency"}},
      {{"Ritzau"}, {"ritzau scanpix"}},
      {{"PAP"}, {}},
      {{"CTK"}, {"čtk"}},
      {{"MTI"}, {}},
      {{"AGERPRES"}, {}},
      {{"Tanjug"}, {}},
      {{"HINA"}, {}},
      {{"BTA"}, {}},
      {{"ANA-MPA"}, {"amna"}},
      {{"Anadolu"}, {"anadolu agency", "aa"}},
      {{"DHA"}, {}},
      {{"IHA"}, {"İha"}},
      {{"Interfax"}, {"interfax-ukraine", "interfax-kazakhstan", "interfax-azerbaijan"}},
      {{"RIA Novosti"}, {"sputnik", "ria"}},
      {{"Ukrinform"}, {}},
      {{"BelTA"}, {}},
      {{"Trend"}, {}},
      {{"Azertac"}, {"azertag"}},
      {{"Armenpress"}, {}},
      {{"IRNA"}, {}},
      {{"Tasnim"}, {}},
      {{"Mehr"}, {"mna", "mehr news agency"}},
      {{"ISNA"}, {}},
      {{"Fars"}, {"fna"}},
      {{"SANA"}, {}},
      {{"SPA"}, {"saudi press agency"}},
      {{"WAM"}, {"emirates news agency"}},
      {{"QNA"}, {}},
      {{"KUNA"}, {}},
      {{"BNA"}, {}},
      {{"ONA"}, {}},
      {{"Petra"}, {"jordan news agency"}},
      {{"NNA"}, {}},
      {{"MENA"}, {}},
      {{"TAP"}, {}},
      {{"APS"}, {}},
      {{"MAP"}, {}},
      {{"LANA"}, {}},
      {{"Saba"}, {}},
      {{"WAFA"}, {}},
      {{"JTA"}, {}},
      {{"Flash90"}, {"flash 90"}},
      {{"APP"}, {"associated press of pakistan"}},
      {{"BSS"}, {}},
      {{"UNB"}, {}},
      {{"RSS"}, {}},
      {{"Bernama"}, {}},
      {{"Antara"}, {}},
      {{"VNA"}, {}},
      {{"PNA"}, {"philippine news agency"}},
      {{"TNA"}, {}},
      {{"KCNA"}, {}},
      {{"CNA"}, {"central news agency", "focus taiwan"}},
      {{"China News Service"}, {"cns", "ecns"}},
      {{"China Daily"}, {"chinadaily.com.cn", "for china daily"}},
      {{"CFP"}, {"vcg", "visual china group"}},
      {{"IC"}, {"ic photo", "imaginechina"}},
      {{"AAP"}, {"aap image", "australian associated press"}},
      {{"NZME"}, {}},
      {{"PA"}, {"pa wire", "pa media", "press association", "pa images"}},
      {{"The Canadian Press"}, {"canadian press", "cp"}},
      {{"UPI"}, {}},
      {{"UN Photo"}, {}},
      {{"Bloomberg"}, {}},
      {{"Dow Jones"}, {"dow jones newswires"}},
      {{"MT Newswires"}, {}},
      {{"RTTNews"}, {}},
      {{"PR Newswire"}, {"prnewswire", "prnewswire-prweb"}},
      {{"Business Wire"}, {"businesswire"}},
      {{"GlobeNewswire"}, {"globe newswire"}},
      {{"CNW"}, {"cnw group"}},
      {{"APO Group"}, {"apo"}},
      {{"GNA"}, {}},
      {{"NAN"}, {}},
      {{"SAnews"}, {"sanews.gov.za"}},
      {{"KNA"}, {}},
      {{"ENA"}, {}},
      {{"AMI"}, {}},
      {{"RNS"}, {}},
      {{"Prensa Latina"}, {}},
      {{"Agência Brasil"}, {"agencia brasil"}},
      {{"Notimex"}, {}},
      {{"Telam"}, {"télam"}},
      {{"Andina"}, {}},
      {{"The New York Times"}, {"new york times"}},
      {{"The Washington Post"}, {"washington post"}},
      {{"Los Angeles Times"}, {}},
      {{"The Guardian"}, {}},
      {{"Al Jazeera"}, {}},
      {{"USA TODAY Sports"}, {"usa today", "usa today network", "imagn images", "imagn"}},
      {{"Getty Images", true}, {"getty", "gettyimages", "getty images/istockphoto"}},
      {{"Shutterstock", true}, {}},
      {{"iStock", true}, {"istockphoto"}},
      {{"Alamy", true}, {"alamy stock photo"}},
      {{"IMAGO", true}, {"imago images"}},
      {{"picture alliance", true}, {"picture-alliance"}},
      {{"ZUMA Press", true}, {"zuma", "zuma wire", "zuma press wire", "zumapress"}},
      {{"NurPhoto", true}, {}},
      {{"SOPA Images", true}, {"sopa"}},
      {{"Magnum", true}, {"magnum photos"}},
      {{"Redux", true}, {}},
      {{"Sipa", true}, {"sipa usa", "sipa press"}},
      {{"Abaca", true}, {"abaca press"}},
      {{"LightRocket", true}, {}},
      {{"Action Images", true}, {}},
      {{"Corbis", true}, {}},
      {{"Unsplash", true}, {}},
      {{"Pixabay", true}, {}},
      {{"Pexels", true}, {}},
      {{"Adobe Stock", true}, {"stock.adobe.com"}},
      {{"Rex Features", true}, {"rex", "rex/shutterstock"}},
  };
  return kRows;
}

struct TransparentHash {
  using is_transparent = void;
  std::size_t operator()(std::string_view text) const {
    return std::hash<std::string_view>{}(text);
  }
};
/// Names in lower case. Most words that are asked for are told from a name by their first byte and
/// their length.
class Index {
 public:
  void add(std::string name, const Agency& agency) {
    lengths_[static_cast<unsigned char>(name[0])] |= std::uint64_t{1} << name.size();
    agencies_.emplace(std::move(name), &agency);
  }
  const Agency* find(std::string_view name) const;
  std::vector<std::string_view> names() const;

 private:
  std::array<std::uint64_t, 256> lengths_{};  // of the names with this first byte, one bit each
  std::unordered_map<std::string, const Agency*, TransparentHash, std::equal_to<>> agencies_;
};

const Agency* Index::find(std::string_view name) const {
  if (name.empty() || name.size() > kMaxBytes) return nullptr;
  const auto first = static_cast<unsigned char>(ascii_lower(name[0]));
  if ((lengths_[first] >> name.size() & 1) == 0) return nullptr;
  std::array<char, kMaxBytes> folded;
  std::transform(name.begin(), name.end(), folded.begin(), ascii_lower);
  const auto found = agencies_.find(std::string_view(folded.data(), name.size()));
  return found == agencies_.end() ? nullptr : found->second;
}

std::vector<std::string_view> Index::names() const {
  std::vector<std::string_view> names;
  for (const auto& [name, agency] : agencies_) names.push_back(name);
  return names;
}

std::string lower(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(), ascii_lower);
  return out;
}

Index build_index() {
  Index index;
  for (const Row& row : rows()) {
    index.add(lower(row.agency.name), row.agency);
    for (std::string_view alias : row.aliases) index.add(std::string(alias), row.agency);
  }
  return index;
}

const Index& names() {
  static const Index kNames = build_index();
  return kNames;
}

}  // namespace

const Agency* find_agency(std::string_view text) {
  text = trim(text);
  if (const Agency* agency = names().find(text)) return agency;
  // A regional or subject service: "dpa/lby", "Interfax-Kazakhstan".
  const std::size_t slash = text.find('/');
  if (slash == std::string_view::npos || text.size() - slash > 5) return nullptr;
  const std::string_view service = text.substr(slash + 1);
  const bool lower_case = std::all_of(service.begin(), service.end(), is_ascii_lower);
  return lower_case ? names().find(text.substr(0, slash)) : nullptr;
}

std::vector<std::string_view> agency_names() {
  return names().names();
}

const Agency* find_picture_agency(std::string_view text, bool& photo) {
  static constexpr auto kWords = make_phrases("photo", "photos", "file", "pic", "pictures",
                                              "images", "image", "pool", "photo/file");
  photo = false;
  text = trim(text);
  if (const Agency* agency = find_agency(text)) return agency;
  for (int round = 0; round < 2; ++round) {
    const std::size_t space = text.rfind(' ');
    if (space == std::string_view::npos || !kWords.find(text.substr(space + 1))) return nullptr;
    text = trim_right(text.substr(0, space));
    photo = true;
    if (const Agency* agency = find_agency(text)) return agency;
  }
  return nullptr;
}

}  // namespace wiredesk
