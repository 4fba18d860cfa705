namespace Sampan.Network.Dns.Message;

/// <summary>What an answer means as a whole (RCODE).</summary>
internal enum ResponseCode : byte
{
    NoError = 0,
    FormatError = 1,
    ServerFailure = 2,
    NameError = 3,
    NotImplemented = 4,
    Refused = 5,
    BadVersion = 16,
}
