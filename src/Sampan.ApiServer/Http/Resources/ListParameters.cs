using System.Globalization;
using Sampan.Api;
using Sampan.Api.Selectors;

namespace Sampan.ApiServer.Http.Resources;

/// <summary>The query of a list, watch or deletecollection request, checked.</summary>
internal sealed record ListParameters
{
    /// <summary>The longest time a watch may ask for; longer ones get this.</summary>
    private static readonly TimeSpan MaxTimeout = TimeSpan.FromDays(30);

    public Selector Labels { get; init; } = Selector.Everything;

    public FieldSelector Fields { get; init; } = FieldSelector.Everything;

    public bool AllowBookmarks { get; init; }

    /// <summary>Null when the client did not say; 0 means any version.</summary>
    public long? ResourceVersion { get; init; }

    /// <summary>"", Exact or NotOlderThan.</summary>
    public string Match { get; init; } = "";

    /// <summary>How long a watch lasts; null leaves it to the server.</summary>
    public TimeSpan? Timeout { get; init; }

    public int Limit { get; init; }

    public string Continue { get; init; } = "";

    /// <summary>Null when the client did not say; false starts a watch with what comes next.</summary>
    public bool? SendInitialEvents { get; init; }

    /// <summary>The list has to show exactly the state of <see cref="ResourceVersion"/>: also what a limited list of a version means.</summary>
    public bool IsExact => ResourceVersion > 0 && (Match == "Exact" || (Match.Length == 0 && Limit > 0));

    /// <summary>Who takes any version gets all of it at once, as upstream's cache answers.</summary>
    public bool IgnoresLimit => ResourceVersion == 0 && Continue.Length == 0;

    public static ListParameters Parse(ApiRequest request)
    {
        var query = request.Query;
        var version = query.Text("resourceVersion");
        var parameters = new ListParameters
        {
            Labels = ParseLabels(query.Text("labelSelector")),
            Fields = ParseFields(query.Text("fieldSelector")),
            AllowBookmarks = query.Flag("allowWatchBookmarks") ?? false,
            Match = query.Text("resourceVersionMatch"),
            Timeout = TimeoutOf(query.Number("timeoutSeconds")),
            Limit = (int)Math.Clamp(query.Number("limit") ?? 0, 0, int.MaxValue),
            Continue = query.Text("continue"),
            SendInitialEvents = query.Flag("sendInitialEvents"),
        };
        var errors = Validate(parameters, version, request.Info.Verb == "watch");
        if (errors.Count > 0)
        {
            throw StatusException.Invalid(new GroupKind("meta.k8s.io", "ListOptions"), "", errors);
        }
        return version.Length == 0 ? parameters : parameters with { ResourceVersion = ParseVersion(version) };
    }

    private static FieldErrors Validate(ListParameters list, string version, bool watches)
    {
        var errors = new FieldErrors();
        var match = FieldPath.Of("resourceVersionMatch");
        if (watches)
        {
            ValidateWatch(list, errors, match);
            return errors;
        }
        if (list.Match.Length > 0)
        {
            ValidateMatch(list, version, errors, match);
        }
        if (list.SendInitialEvents is not null)
        {
            errors.Forbidden(FieldPath.Of("sendInitialEvents"), "sendInitialEvents is forbidden for list");
        }
        return errors;
    }

    private static void ValidateMatch(ListParameters list, string version, FieldErrors errors, FieldPath match)
    {
        if (version.Length == 0)
        {
            errors.Forbidden(match, "resourceVersionMatch is forbidden unless resourceVersion is provided");
        }
        if (list.Continue.Length > 0)
        {
            errors.Forbidden(match, "resourceVersionMatch is forbidden when continue is provided");
        }
        if (list.Match is not ("Exact" or "NotOlderThan"))
        {
            errors.NotSupported(match, list.Match, "Exact", "NotOlderThan", "");
        }
        if (list.Match == "Exact" && version == "0")
        {
            errors.Forbidden(match, "resourceVersionMatch \"exact\" is forbidden for resourceVersion \"0\"");
        }
    }

    private static void ValidateWatch(ListParameters list, FieldErrors errors, FieldPath match)
    {
        if (list.SendInitialEvents is not null && list.Match != "NotOlderThan")
        {
            errors.Forbidden(match, "sendInitialEvents requires setting resourceVersionMatch to NotOlderThan");
        }
        if (list.Match.Length == 0)
        {
            return;
        }
        if (list.SendInitialEvents is null)
        {
            errors.Forbidden(match, "resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided");
        }
        if (list.Match != "NotOlderThan")
        {
            errors.NotSupported(match, list.Match, "NotOlderThan");
        }
        if (list.Continue.Length > 0)
        {
            errors.Forbidden(match, "resourceVersionMatch is forbidden when continue is provided");
        }
    }

    private static Selector ParseLabels(string text)
    {
        try
        {
            return Selector.Parse(text);
        }
        catch (FormatException complaint)
        {
            throw StatusException.BadRequest(complaint.Message);
        }
    }

    private static FieldSelector ParseFields(string text)
    {
        try
        {
            return FieldSelector.Parse(text);
        }
        catch (FormatException complaint)
        {
            throw StatusException.BadRequest(complaint.Message);
        }
    }

    /// <summary>A version that a client names.</summary>
    public static long ParseVersion(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var version)
            ? version
            : throw StatusException.BadRequest(
                $"invalid resource version: resourceVersion: Invalid value: {GoText.Quote(text)}: strconv.ParseUint: parsing {GoText.Quote(text)}: invalid syntax");

    private static TimeSpan? TimeoutOf(long? seconds) => seconds is null or 0
        ? null
        : TimeSpan.FromSeconds(Math.Clamp(seconds.Value, 0, (long)MaxTimeout.TotalSeconds));
}
