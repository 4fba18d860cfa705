using System.Text;
using Sampan.Api.Codec;
using Sampan.ApiServer.Http.Resources;

namespace Sampan.ApiServer.Registry.Core;

/// <summary>Shows what a refused update would have changed: a line per field, old after "-" and new after "+".</summary>
internal static class SpecDifference
{
    public static string Of<T>(string type, T old, T now)
        where T : IWireValue<T>
    {
        var (before, after) = (ObjectForms.Tree(old), ObjectForms.Tree(now));
        var text = new StringBuilder("  ").Append(type).Append("{\n");
        foreach (var field in before.Select(one => one.Key).Union(after.Select(one => one.Key)))
        {
            var (was, becomes) = (before[field]?.ToJsonString(), after[field]?.ToJsonString());
            if (was != becomes)
            {
                text.Append("- \t").Append(field).Append(": ").Append(was ?? "nil").Append(",\n");
                text.Append("+ \t").Append(field).Append(": ").Append(becomes ?? "nil").Append(",\n");
            }
        }
        return text.Append("  }\n").ToString();
    }
}
