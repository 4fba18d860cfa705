using System.Buffers;
using Sampan.Api;
using Sampan.ApiServer.Http.Filters;
using Sampan.ApiServer.Tracing;

namespace Sampan.ApiServer.Http;

/// <summary>Reads a whole request body, up to the limit.</summary>
internal static class RequestBody
{
    public static async ValueTask<ReadOnlyMemory<byte>> ReadAsync(ApiRequest request)
    {
        var reader = request.Http.Request.BodyReader;
        for (; ; )
        {
            var result = await reader.ReadAsync(request.Cancelled);
            var buffer = result.Buffer;
            if (buffer.Length > BodyLimitFilter.Limit)
            {
                throw StatusException.RequestEntityTooLarge($"limit is {BodyLimitFilter.Limit}");
            }
            if (result.IsCompleted)
            {
                var bytes = buffer.ToArray();
                request.BodySize = bytes.Length;
                reader.AdvanceTo(buffer.End);
                Spans.Event("limitedReadBody succeeded", "len", bytes.Length);
                return bytes;
            }
            reader.AdvanceTo(buffer.Start, buffer.End);
        }
    }
}
