// What became of one article (or one record) at one stage of the chain.
#pragma once

#include <string>
#include <string_view>
#include <utility>

namespace wiredesk {

/// A reason is a literal, since it becomes a metric label: the set of its values is bounded at
/// compile time.
class Reason {
 public:
  constexpr Reason() = default;
  consteval Reason(const char* literal) : text_(literal) {}  // NOLINT(google-explicit-constructor)
  constexpr std::string_view text() const { return text_; }
  friend constexpr bool operator==(Reason, Reason) = default;

 private:
  std::string_view text_;
};

/// keep: goes on. drop(reason): publishes nothing, by configuration; its state record and its
/// offset stay in the batch's transaction. fail(reason, detail): the whole record goes to the dead
/// letters.
struct Outcome {
  enum class Kind { keep, drop, fail };

  static Outcome keep() { return {}; }
  static Outcome drop(Reason reason) { return {Kind::drop, reason, {}}; }
  static Outcome fail(Reason reason, std::string detail) {
    return {Kind::fail, reason, std::move(detail)};
  }

  bool kept() const { return kind == Kind::keep; }
  bool dropped() const { return kind == Kind::drop; }
  bool failed() const { return kind == Kind::fail; }

  Kind kind = Kind::keep;
  Reason reason;
  std::string detail;  // for people; never a metric label
};

}  // namespace wiredesk
