using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.Api.Meta.V1;
using Sampan.Api.Selectors;

namespace Sampan.ApiServer.Printing;

/// <summary>Texts that many kinds' cells share.</summary>
internal static class CellText
{
    public const string None = "<none>";
    public const string Unset = "<unset>";
    public const string Unknown = "<unknown>";

    private const int ShownItems = 3;

    public static string OrNone(string? text) => string.IsNullOrEmpty(text) ? None : text;

    public static string OrUnset(string? text) => string.IsNullOrEmpty(text) ? Unset : text;

    public static string OrUnknown(string? text) => string.IsNullOrEmpty(text) ? Unknown : text;

    /// <summary>a=b,c=d in the keys' order.</summary>
    public static string Labels(Dictionary<string, string>? labels) => OrNone(
        string.Join(',', labels.OrEmpty().OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}={pair.Value}")));

    public static string Selector(LabelSelector? selector) => OrNone(Selector(selector, "<error>"));

    /// <summary>The selector's text, or another one when it is none.</summary>
    public static string Selector(LabelSelector? selector, string whenInvalid)
    {
        try
        {
            return Api.Selectors.Selector.From(selector).ToString();
        }
        catch (SelectorFormatException)
        {
            return whenInvalid;
        }
    }

    public static string ContainerNames(PodTemplateSpec? template) =>
        string.Join(',', (template?.Spec?.Containers).OrEmpty().Select(container => container.Name));

    public static string ContainerImages(PodTemplateSpec? template) =>
        string.Join(',', (template?.Spec?.Containers).OrEmpty().Select(container => container.Image));

    /// <summary>The first three items, and how many more there are.</summary>
    public static string Some(IReadOnlyCollection<string> items, string empty = Unset)
    {
        if (items.Count == 0)
        {
            return empty;
        }

        string shown = string.Join(',', items.Take(ShownItems));
        return items.Count > ShownItems ? $"{shown} + {items.Count - ShownItems} more..." : shown;
    }

    public static string Flag(bool? flag) => flag switch { null => Unset, true => "True", false => "False" };

    public static string AccessModes(List<string>? modes)
    {
        IEnumerable<string> shorts = modes.OrEmpty().Distinct(StringComparer.Ordinal).OrderBy(Rank).Select(Abbreviate);
        return string.Join(',', shorts.Where(mode => mode.Length > 0));
    }

    private static int Rank(string mode) => mode switch { "ReadWriteOnce" => 0, "ReadOnlyMany" => 1, "ReadWriteMany" => 2, _ => 3 };

    private static string Abbreviate(string mode) => mode switch
    {
        "ReadWriteOnce" => "RWO",
        "ReadOnlyMany" => "ROX",
        "ReadWriteMany" => "RWX",
        "ReadWriteOncePod" => "RWOP",
        _ => "",
    };
}
