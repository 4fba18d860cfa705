using System.Globalization;

namespace Sampan.Kubelet.Cgroups;

/// <summary>A file with lines of a name and a number, such as <c>memory.stat</c>.</summary>
internal readonly struct CgroupTable(byte[] text)
{
    /// <summary>0 for a name that is not there.</summary>
    public long this[ReadOnlySpan<byte> name]
    {
        get
        {
            var lines = text.AsSpan();
            foreach (var range in lines.Split((byte)'\n'))
            {
                var line = lines[range];
                if (line.Length > name.Length && line[name.Length] == ' ' && line.StartsWith(name))
                {
                    return long.TryParse(line[(name.Length + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
                }
            }

            return 0;
        }
    }
}
