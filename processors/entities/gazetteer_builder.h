// Reads the TSV form line by line and lays the finished gazetteer out for matching. Lives only as
// long as Gazetteer::parse(); every problem is a std::runtime_error with file:line.
#pragma once

#include <cstdint>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "processors/entities/gazetteer.h"

namespace wiredesk::entities {

class GazetteerBuilder {
 public:
  GazetteerBuilder(std::string file, std::string text);
  std::shared_ptr<const Gazetteer> build();

 private:
  struct Flags {
    bool country = false;
    bool capital = false;
    bool exact = false;
    bool common = false;
    bool word = false;
    std::vector<std::string_view> exact_names;
    std::vector<std::string_view> common_names;
    std::vector<std::string_view> word_names;
  };

  [[noreturn]] void fail(const std::string& what) const;
  void read_line(std::string_view line);
  void read_entry(std::string_view line);
  void check_entry(const GazetteerEntry& entry) const;
  Flags read_flags(std::string_view column) const;
  void add_names(std::uint32_t entry, std::string_view name, std::string_view aliases,
                 const Flags& flags);
  void index_countries();
  void index_names();
  Gazetteer::Node& node(std::uint64_t key);

  struct KeyedName {
    std::uint64_t key;
    GazetteerName name;
  };

  std::string file_;
  std::shared_ptr<Gazetteer> gazetteer_;
  std::string date_;
  int line_ = 0;
  std::vector<int> entry_lines_;
  std::set<std::tuple<std::string_view, EntityType, std::string_view>> seen_;
  std::vector<KeyedName> keyed_;
  std::vector<std::uint64_t> prefixes_;
};

}  // namespace wiredesk::entities
