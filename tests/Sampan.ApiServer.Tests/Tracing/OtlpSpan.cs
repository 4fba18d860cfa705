using System.Text;
using Sampan.Api.Codec;

namespace Sampan.ApiServer.Tests.Tracing;

/// <summary>A span as a collector receives it. Values of attributes other than texts are empty.</summary>
internal sealed record OtlpSpan(
    string TraceId, string Id, string ParentId, string Name, IReadOnlyDictionary<string, string> Attributes, IReadOnlyList<string> Events)
{
    /// <summary>The spans of an ExportTraceServiceRequest: below resources and scopes.</summary>
    public static IEnumerable<OtlpSpan> Read(byte[] request) =>
        from resource in Fields(request, 1)
        from scope in Fields(resource, 2)
        from span in Fields(scope, 2)
        select Of(span);

    private static OtlpSpan Of(byte[] span) => new(
        Convert.ToHexStringLower(Fields(span, 1).Single()),
        Convert.ToHexStringLower(Fields(span, 2).Single()),
        Convert.ToHexStringLower(Fields(span, 4).SingleOrDefault([])),
        Text(span, 5),
        Fields(span, 9).ToDictionary(pair => Text(pair, 1), pair => Text(Fields(pair, 2).Single(), 1)),
        [.. Fields(span, 11).Select(happened => Text(happened, 2))]);

    private static string Text(byte[] message, int field) => Encoding.UTF8.GetString(Fields(message, field).SingleOrDefault([]));

    private static List<byte[]> Fields(byte[] message, int field)
    {
        var found = new List<byte[]>();
        var reader = new ProtoReader(message);
        for (int number; (number = reader.ReadField()) != 0;)
        {
            if (number == field)
            {
                found.Add(reader.ReadBytes());
            }
            else
            {
                reader.Skip();
            }
        }
        return found;
    }
}
