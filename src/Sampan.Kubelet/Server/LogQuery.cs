using System.Globalization;
using Microsoft.AspNetCore.Http;
using Sampan.Kubelet.Logs;

namespace Sampan.Kubelet.Server;

/// <summary>Reads what part of a log a request asks for.</summary>
internal static class LogQuery
{
    /// <exception cref="HttpFailure">A value that makes no sense.</exception>
    public static LogOptions Read(IQueryCollection query, DateTimeOffset now)
    {
        var sinceSeconds = Number(query, "sinceSeconds", 1);
        return new LogOptions
        {
            Follow = Flag(query, "follow"),
            Previous = Flag(query, "previous"),
            Timestamps = Flag(query, "timestamps"),
            TailLines = Tail(query),
            LimitBytes = Number(query, "limitBytes", 1),
            Since = sinceSeconds is { } seconds ? now - TimeSpan.FromSeconds(seconds) : Time(query, "sinceTime"),
            Stream = Stream(query["stream"].ToString()),
        };
    }

    /// <summary>The parameter's first name was shorter, and had a word for no limit.</summary>
    private static long? Tail(IQueryCollection query) => query["tail"].ToString() switch
    {
        "" => Number(query, "tailLines", 0),
        "all" => null,
        _ => Number(query, "tail", 0),
    };

    private static bool Flag(IQueryCollection query, string name) => query[name].ToString() is "true" or "1";

    private static long? Number(IQueryCollection query, string name, long min)
    {
        var text = query[name].ToString();
        if (text.Length == 0)
        {
            return null;
        }

        return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) && value >= min
            ? value
            : throw new HttpFailure(StatusCodes.Status422UnprocessableEntity, $"{name}: Invalid value: \"{text}\": must be greater than or equal to {min}");
    }

    private static DateTimeOffset? Time(IQueryCollection query, string name)
    {
        var text = query[name].ToString();
        if (text.Length == 0)
        {
            return null;
        }

        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var value)
            ? value
            : throw new HttpFailure(StatusCodes.Status400BadRequest, $"{name}: \"{text}\" is not a time in RFC 3339");
    }

    private static string? Stream(string name) => name switch
    {
        "" or "All" => null,
        "Stdout" => "stdout",
        "Stderr" => "stderr",
        _ => throw new HttpFailure(StatusCodes.Status422UnprocessableEntity, $"stream: Unsupported value: \"{name}\": supported values: \"All\", \"Stderr\", \"Stdout\""),
    };
}
