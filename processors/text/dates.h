// Dates as wire copy writes them: "Dec. 15, 2021", "15 Dec", "9th December, 2023", "16. September
// 2024", "21 ene", "8 de marzo de 2024", "2021-12-15", "25/04/2022"; months in English, German,
// French and Spanish. A year that is not written stays 0.
// Pure functions; any thread.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "processors/article.h"
#include "processors/record.h"

namespace wiredesk {

struct DateMatch {
  Date date;
  std::size_t begin = 0;
  std::size_t end = 0;  // behind the last character
};

/// 1 to 12, or 0 where the word is no month. Case and a final full stop do not matter.
int month_of(std::string_view word);
bool is_weekday(std::string_view word);  // "Wednesday", "Wed", "Mittwoch"
bool is_valid(const Date& date);         // 29 February counts where the year is not known

/// The date that begins at `offset`.
std::optional<DateMatch> match_date(std::string_view text, std::size_t offset);
/// The first date that has a year, else the first one.
std::optional<DateMatch> find_date(std::string_view text);

/// The latest year in which the day is not after `time` plus one day (the sender's time zone may be
/// ahead); 0 where it is no day of the last years.
int latest_year(const Date& date, Timestamp time);

}  // namespace wiredesk
