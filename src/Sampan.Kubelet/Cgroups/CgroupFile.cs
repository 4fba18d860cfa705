using System.Globalization;

namespace Sampan.Kubelet.Cgroups;

/// <summary>The numbers in a control group's files. A file that is not there, or went away, has none.</summary>
internal static class CgroupFile
{
    public static long Number(string path) =>
        long.TryParse(Text(path).Trim(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : 0;

    /// <summary>Lines of a name and a number.</summary>
    public static Dictionary<string, long> Table(string path)
    {
        var table = new Dictionary<string, long>();
        foreach (var line in Text(path).Split('\n'))
        {
            if (line.Split(' ') is [var name, var text, ..] && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            {
                table[name] = number;
            }
        }

        return table;
    }

    public static string Text(string path)
    {
        try
        {
            return File.Exists(path) ? File.ReadAllText(path) : "";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
