#include "daemon/process_command.h"

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <istream>
#include <memory>
#include <ostream>

#include "daemon/explain.h"
#include "daemon/log.h"
#include "daemon/records_file.h"
#include "daemon/version.h"
#include "daemon/wall_clock.h"
#include "processors/identity.h"
#include "processors/message/message_writer.h"
#include "processors/text/json_writer.h"
#include "processors/text/utf8.h"

namespace wiredesk {
namespace {

constexpr int kDeadLetters = 1;
constexpr int kCannotRead = 66;                              // EX_NOINPUT of sysexits.h
constexpr int kCannotWrite = 74;                             // EX_IOERR
constexpr std::size_t kMaxFileBytes = std::size_t{1} << 30;  // more than a record can hold

/// File names and error messages may hold any bytes, JSON only UTF-8.
std::string as_utf8(std::string_view text) {
  return utf8::first_invalid(text) == utf8::kValid ? std::string(text) : escape_controls(text);
}

MessageOptions message_options(const Config& config, bool keep_dropped) {
  return {// ninjs alone has no place for the mark of a dropped article.
          .ninjs_only = config.output.format == OutputFormat::ninjs && !keep_dropped,
          .richtext = config.output.richtext,
          .source = config.output.source,
          .write_dropped = keep_dropped,
          .program_version = std::string(program_version()),
          .versions = config.pipeline->versions()};
}

/// What ends the command before its input ends; the exit status goes with it.
struct Stop {
  int status;
};

class ProcessCommand {
 public:
  ProcessCommand(const Config& config, const ProcessRequest& request, std::istream& in,
                 std::ostream& out, std::ostream& err)
      : request_(request),
        in_(in),
        out_(out),
        err_(err),
        pipeline_(config.pipeline->make()),
        writer_(message_options(config, request.keep_dropped)) {
    pipeline_->set_keep_dropped(request.keep_dropped);
  }

  int run() {
    const std::vector<std::string> standard_input{"-"};
    try {
      for (const std::string& file : request_.files.empty() ? standard_input : request_.files)
        take(file);
    } catch (const Stop& stop) {
      return stop.status;
    }
    return status_;
  }

 private:
  void take(const std::string& file) {
    if (file == "-") return read(file, in_);
    // Opening a directory succeeds; only reading it does not.
    std::ifstream stream;
    if (!std::filesystem::is_directory(file)) stream.open(file, std::ios::binary);
    if (stream.is_open()) return read(file, stream);
    complain(file, "cannot be read: name a file that exists and that you may read");
    status_ = kCannotRead;
  }

  void read(const std::string& file, std::istream& stream) {
    if (request_.records)
      read_records(file, stream);
    else
      read_article(file, stream);
  }

  /// Nothing is remembered of a file's article: the batch counts as aborted.
  void read_article(const std::string& file, std::istream& stream) {
    std::string bytes;
    if (!read_all(stream, bytes)) {
      complain(file, "larger than 1 GiB or not readable to its end: one article a file");
      status_ = kCannotRead;
      return;
    }
    const std::string topic = as_utf8(file);
    Record record;
    record.position.topic = topic;
    record.value = bytes;
    record.time = wall_clock();
    process(record);
    pipeline_->end_batch(false);
  }

  static bool read_all(std::istream& stream, std::string& bytes) {
    constexpr std::size_t kChunk = std::size_t{64} << 10;
    while (stream && bytes.size() <= kMaxFileBytes) {
      const std::size_t size = bytes.size();
      bytes.resize(size + kChunk);
      stream.read(bytes.data() + size, kChunk);
      bytes.resize(size + static_cast<std::size_t>(stream.gcount()));
    }
    return !stream.bad() && bytes.size() <= kMaxFileBytes;
  }

  void read_records(const std::string& file, std::istream& stream) {
    RecordsFile records(stream);
    while (std::optional<RecordLine> line = records.next()) {
      if (!line->problem.empty()) {
        complain(file + ":" + std::to_string(line->line), line->problem + "; the line is skipped");
        status_ = std::max(status_, kDeadLetters);
        continue;
      }
      process(line->record.view(wall_clock()));
      pipeline_->end_batch(true);
    }
  }

  void process(const Record& record) {
    const PipelineResult result = pipeline_->process(record);
    if (result.outcome.failed()) return bury(record, result);
    for (const Article& article : result.articles) {
      if (request_.explain) explain(article, err_);
      if (article.outcome.dropped() && !request_.keep_dropped) continue;
      line_.clear();
      writer_.write(article, line_);
      print(line_);
    }
  }

  void bury(const Record& record, const PipelineResult& result) {
    const std::string_view bytes = record.value.value_or("");
    line_.clear();
    JsonWriter json(line_);
    json.begin_object().key("stage").string(result.stage);
    json.key("reason").string(result.outcome.reason.text());
    json.key("detail").string(as_utf8(result.outcome.detail));
    json.key("source").begin_object().key("topic").string(record.position.topic);
    json.key("partition").number(std::int64_t{record.position.partition});
    json.key("offset").number(record.position.offset).end_object();
    json.key("size").number(static_cast<std::int64_t>(bytes.size()));
    json.key("sha256").string(sha256_hex(bytes)).end_object();
    err_ << line_ << std::endl;
    status_ = std::max(status_, kDeadLetters);
  }

  void print(std::string_view line) {
    out_ << line << std::endl;  // flushed: what reads the pipe sees each article when it is there
    if (out_) return;
    complain("standard output", "cannot be written: is the disk full, or did its reader end?");
    throw Stop{kCannotWrite};
  }

  void complain(std::string_view what, std::string_view problem) {
    err_ << "wiredesk process: " << escape_controls(what) << ": " << escape_controls(problem)
         << std::endl;
  }

  const ProcessRequest& request_;
  std::istream& in_;
  std::ostream& out_;
  std::ostream& err_;
  std::unique_ptr<Pipeline> pipeline_;
  MessageWriter writer_;
  std::string line_;
  int status_ = 0;
};

}  // namespace

int run_process(const std::function<Config()>& load, const ProcessRequest& request,
                std::istream& in, std::ostream& out, std::ostream& err) {
  const Config config = load();
  return ProcessCommand(config, request, in, out, err).run();
}

}  // namespace wiredesk
