using System.Buffers;
using Microsoft.AspNetCore.Http;
using Sampan.Api;
using Sampan.ApiServer.Http.Filters;
using Sampan.ApiServer.Tracing;

namespace Sampan.ApiServer.Http;

/// <summary>Reads a whole request body, up to the limit.</summary>
internal static class RequestBody
{
    public static async ValueTask<ReadOnlyMemory<byte>> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var reader = request.BodyReader;
        for (; ; )
        {
            var result = await reader.ReadAsync(cancellationToken);
            var buffer = result.Buffer;
            if (buffer.Length > BodyLimitFilter.Limit)
            {
                throw StatusException.RequestEntityTooLarge($"limit is {BodyLimitFilter.Limit}");
            }
            if (result.IsCompleted)
            {
                var bytes = buffer.ToArray();
                reader.AdvanceTo(buffer.End);
                Spans.Event("limitedReadBody succeeded", "len", bytes.Length);
                return bytes;
            }
            reader.AdvanceTo(buffer.Start, buffer.End);
        }
    }
}
