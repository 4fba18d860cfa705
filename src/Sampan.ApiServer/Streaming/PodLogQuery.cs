using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Sampan.Api;
using Sampan.Api.Core.V1;

namespace Sampan.ApiServer.Streaming;

/// <summary>The options of pods/log: read, checked, and written for the kubelet.</summary>
internal static class PodLogQuery
{
    /// <exception cref="StatusException">An option is out of its range.</exception>
    public static PodLogOptions Read(IQueryCollection query, string pod)
    {
        var options = new PodLogOptions
        {
            Container = query["container"],
            Follow = query.Flag("follow"),
            Previous = query.Flag("previous"),
            Timestamps = query.Flag("timestamps"),
            InsecureSkipTLSVerifyBackend = query.Flag("insecureSkipTLSVerifyBackend"),
            SinceSeconds = query.Number("sinceSeconds"),
            SinceTime = query["sinceTime"].ToString() is { Length: > 0 } since ? ParseTime(since) : null,
            TailLines = query.Number("tailLines"),
            LimitBytes = query.Number("limitBytes"),
            Stream = query["stream"].ToString() is { Length: > 0 } stream ? stream : null,
        };
        var errors = Validate(options);
        return errors.Any ? throw StatusException.Invalid(new GroupKind("", "PodLogOptions"), pod, errors) : options;
    }

    /// <summary>The query that a kubelet understands.</summary>
    public static string ForKubelet(PodLogOptions options)
    {
        var query = new QueryBuilder();
        Flag(query, "follow", options.Follow);
        Flag(query, "previous", options.Previous);
        Flag(query, "timestamps", options.Timestamps);
        Number(query, "sinceSeconds", options.SinceSeconds);
        if (options.SinceTime is { } since)
        {
            query.Add("sinceTime", since.ToString());
        }
        Number(query, "tailLines", options.TailLines);
        Number(query, "limitBytes", options.LimitBytes);
        return query.ToString();
    }

    private static FieldErrors Validate(PodLogOptions options)
    {
        var errors = new FieldErrors();
        AtLeast(errors, "tailLines", options.TailLines, 0, "must be greater than or equal to 0");
        AtLeast(errors, "limitBytes", options.LimitBytes, 1, "must be greater than 0");
        if (options is { SinceSeconds: not null, SinceTime: not null })
        {
            errors.Forbidden(null, "at most one of `sinceTime` or `sinceSeconds` may be specified");
        }
        AtLeast(errors, "sinceSeconds", options.SinceSeconds, 1, "must be greater than 0");
        if (options.Stream is not null)
        {
            // PodLogsQuerySplitStreams is off by default in v1.36.
            errors.Forbidden(FieldPath.Of("stream"), "may not be specified");
        }
        return errors;
    }

    private static void AtLeast(FieldErrors errors, string field, long? value, long least, string detail)
    {
        if (value < least)
        {
            errors.Invalid(FieldPath.Of(field), value, detail);
        }
    }

    private static Time ParseTime(string text) =>
        DateTimeOffset.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var time)
            ? time
            : throw StatusException.BadRequest($"parsing time {GoText.Quote(text)} as \"2006-01-02T15:04:05Z07:00\": cannot parse it");

    private static void Flag(QueryBuilder query, string name, bool value)
    {
        if (value)
        {
            query.Add(name, "true");
        }
    }

    private static void Number(QueryBuilder query, string name, long? value)
    {
        if (value is { } number)
        {
            query.Add(name, $"{number}");
        }
    }
}
