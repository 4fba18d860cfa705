using System.Globalization;
using Sampan.Api;
using Sampan.Api.Selectors;

namespace Sampan.ApiServer.Http.Resources;

/// <summary>The query of a list, watch or deletecollection request, checked.</summary>
internal sealed record ListParameters
{
    public Selector Labels { get; init; } = Selector.Everything;

    public FieldSelector Fields { get; init; } = FieldSelector.Everything;

    public bool AllowBookmarks { get; init; }

    /// <summary>Null when the client did not say; 0 means any version.</summary>
    public long? ResourceVersion { get; init; }

    /// <summary>"", Exact or NotOlderThan.</summary>
    public string Match { get; init; } = "";

    public TimeSpan? Timeout { get; init; }

    public int Limit { get; init; }

    public string Continue { get; init; } = "";

    public bool SendInitialEvents { get; init; }

    /// <summary>sendInitialEvents=false: a watch starts with what comes next.</summary>
    public bool RefusesInitialEvents { get; init; }

    public static ListParameters Parse(ApiRequest request)
    {
        var query = request.Query;
        var version = query["resourceVersion"].ToString();
        var parameters = new ListParameters
        {
            Labels = ParseLabels(query["labelSelector"].ToString()),
            Fields = ParseFields(query["fieldSelector"].ToString()),
            AllowBookmarks = Bool(query["allowWatchBookmarks"].ToString()) ?? false,
            ResourceVersion = version.Length == 0 ? null : ParseVersion(version),
            Match = query["resourceVersionMatch"].ToString(),
            Timeout = Number(query["timeoutSeconds"].ToString()) is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
            Limit = (int)Math.Min(Number(query["limit"].ToString()) ?? 0, int.MaxValue),
            Continue = query["continue"].ToString(),
            SendInitialEvents = Bool(query["sendInitialEvents"].ToString()) ?? false,
            RefusesInitialEvents = Bool(query["sendInitialEvents"].ToString()) == false,
        };
        var errors = Validate(parameters, request.Info.Verb == "watch", query.ContainsKey("sendInitialEvents"));
        return errors.Count == 0 ? parameters : throw StatusException.Invalid(new GroupKind("meta.k8s.io", "ListOptions"), "", errors);
    }

    private static FieldErrors Validate(ListParameters list, bool watches, bool saysInitialEvents)
    {
        var errors = new FieldErrors();
        var match = FieldPath.Of("resourceVersionMatch");
        if (watches)
        {
            ValidateWatch(list, saysInitialEvents, errors, match);
            return errors;
        }
        if (saysInitialEvents)
        {
            errors.Forbidden(FieldPath.Of("sendInitialEvents"), "sendInitialEvents is forbidden for list");
        }
        if (list.Match.Length == 0)
        {
            return errors;
        }
        if (list.ResourceVersion is null)
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
        if (list is { Match: "Exact", ResourceVersion: 0 })
        {
            errors.Forbidden(match, "resourceVersionMatch \"exact\" is forbidden for resourceVersion \"0\"");
        }
        return errors;
    }

    private static void ValidateWatch(ListParameters list, bool saysInitialEvents, FieldErrors errors, FieldPath match)
    {
        if (saysInitialEvents)
        {
            if (list.Match != "NotOlderThan")
            {
                errors.Forbidden(match, "sendInitialEvents requires setting resourceVersionMatch to NotOlderThan");
            }
        }
        else if (list.Match.Length > 0)
        {
            errors.Forbidden(match, "resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided");
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
            throw StatusException.BadRequest($"unable to parse requirement: {complaint.Message}");
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

    private static long ParseVersion(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : throw BadVersion(text);

    private static StatusException BadVersion(string text)
    {
        var errors = new FieldErrors();
        errors.Invalid(FieldPath.Of("resourceVersion"), text, $"strconv.ParseUint: parsing {GoText.Quote(text)}: invalid syntax");
        return StatusException.Invalid(new GroupKind("", ""), "", errors);
    }

    private static long? Number(string text) =>
        text.Length == 0 ? null
            : long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) ? value
            : throw StatusException.BadRequest($"strconv.ParseInt: parsing {GoText.Quote(text)}: invalid syntax");

    private static bool? Bool(string text) => text switch
    {
        "" => null,
        "false" or "0" or "f" or "F" or "False" or "FALSE" => false,
        _ => true,
    };
}
