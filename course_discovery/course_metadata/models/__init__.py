"""What the catalog holds. One file for each concept."""

from course_discovery.course_metadata.models.additional_metadata import AdditionalMetadata
from course_discovery.course_metadata.models.additional_promo_area import AdditionalPromoArea
from course_discovery.course_metadata.models.collaborator import Collaborator
from course_discovery.course_metadata.models.course import Course
from course_discovery.course_metadata.models.course_editor import CourseEditor
from course_discovery.course_metadata.models.course_entitlement import CourseEntitlement
from course_discovery.course_metadata.models.course_link import (
    CourseAuthor,
    CourseCollaborator,
    CourseLearningItem,
    CourseSponsor,
    CourseSubject,
)
from course_discovery.course_metadata.models.course_recommendation import CourseRecommendation
from course_discovery.course_metadata.models.course_review import CourseReview
from course_discovery.course_metadata.models.course_run import CourseRun
from course_discovery.course_metadata.models.course_run_staff import CourseRunStaff
from course_discovery.course_metadata.models.course_run_type import CourseRunType
from course_discovery.course_metadata.models.course_type import CourseType, CourseTypeRunType
from course_discovery.course_metadata.models.course_url_redirect import CourseUrlRedirect
from course_discovery.course_metadata.models.course_url_slug import CourseUrlSlug
from course_discovery.course_metadata.models.curriculum import (
    Curriculum,
    CurriculumCourseMembership,
    CurriculumCourseRunExclusion,
    CurriculumProgramMembership,
)
from course_discovery.course_metadata.models.degree import (
    Degree,
    DegreeAdditionalMetadata,
    DegreeCost,
    DegreeDeadline,
    DegreeRanking,
    DegreeSpecialization,
    IconTextPairing,
)
from course_discovery.course_metadata.models.degree_distinction import Ranking, Specialization
from course_discovery.course_metadata.models.endorsement import (
    CorporateEndorsement,
    CorporateEndorsementVoice,
    Endorsement,
)
from course_discovery.course_metadata.models.expected_learning_item import ExpectedLearningItem
from course_discovery.course_metadata.models.external_key_claim import ExternalKeyClaim
from course_discovery.course_metadata.models.fact import CertificateInfo, Fact
from course_discovery.course_metadata.models.faq import FAQ
from course_discovery.course_metadata.models.geolocation import GeoLocation
from course_discovery.course_metadata.models.image import Image
from course_discovery.course_metadata.models.job_outlook_item import JobOutlookItem
from course_discovery.course_metadata.models.language_tag import LanguageTag, LanguageTagTranslation
from course_discovery.course_metadata.models.level_type import LevelType, LevelTypeTranslation
from course_discovery.course_metadata.models.location_restriction import (
    CourseLocationRestriction,
    ProgramLocationRestriction,
)
from course_discovery.course_metadata.models.mode import Mode
from course_discovery.course_metadata.models.organization import Organization
from course_discovery.course_metadata.models.organization_mapping import OrganizationMapping
from course_discovery.course_metadata.models.pathway import Pathway, PathwayProgram
from course_discovery.course_metadata.models.person import (
    Person,
    PersonAreaOfExpertise,
    PersonSocialNetwork,
)
from course_discovery.course_metadata.models.position import Position
from course_discovery.course_metadata.models.prerequisite import Prerequisite
from course_discovery.course_metadata.models.product_meta import ProductMeta
from course_discovery.course_metadata.models.product_value import ProductValue
from course_discovery.course_metadata.models.program import Program
from course_discovery.course_metadata.models.program_link import (
    ProgramAuthor,
    ProgramCorporateEndorsement,
    ProgramCourse,
    ProgramCreditBacker,
    ProgramEndorsement,
    ProgramFaq,
    ProgramInstructor,
    ProgramJobOutlookItem,
    ProgramLearningItem,
)
from course_discovery.course_metadata.models.program_subscription import (
    ProgramSubscription,
    ProgramSubscriptionPrice,
)
from course_discovery.course_metadata.models.program_type import ProgramType, ProgramTypeTranslation
from course_discovery.course_metadata.models.restricted_course_run import RestrictedCourseRun
from course_discovery.course_metadata.models.seat import Seat
from course_discovery.course_metadata.models.seat_type import SeatType
from course_discovery.course_metadata.models.source import Source, SourceOfacProgramType
from course_discovery.course_metadata.models.subject import Subject, SubjectTranslation
from course_discovery.course_metadata.models.tag import (
    CourseRunTag,
    CourseTopic,
    OrganizationTag,
    ProductMetaKeyword,
    ProgramLabel,
    Tag,
)
from course_discovery.course_metadata.models.taxi_form import TaxiForm
from course_discovery.course_metadata.models.topic import Topic, TopicTranslation
from course_discovery.course_metadata.models.track import Track
from course_discovery.course_metadata.models.vertical import CourseVertical, SubVertical, Vertical
from course_discovery.course_metadata.models.video import Video

__all__ = [
    "FAQ",
    "AdditionalMetadata",
    "AdditionalPromoArea",
    "CertificateInfo",
    "Collaborator",
    "CorporateEndorsement",
    "CorporateEndorsementVoice",
    "Course",
    "CourseAuthor",
    "CourseCollaborator",
    "CourseEditor",
    "CourseEntitlement",
    "CourseLearningItem",
    "CourseLocationRestriction",
    "CourseRecommendation",
    "CourseReview",
    "CourseRun",
    "CourseRunStaff",
    "CourseRunTag",
    "CourseRunType",
    "CourseSponsor",
    "CourseSubject",
    "CourseTopic",
    "CourseType",
    "CourseTypeRunType",
    "CourseUrlRedirect",
    "CourseUrlSlug",
    "CourseVertical",
    "Curriculum",
    "CurriculumCourseMembership",
    "CurriculumCourseRunExclusion",
    "CurriculumProgramMembership",
    "Degree",
    "DegreeAdditionalMetadata",
    "DegreeCost",
    "DegreeDeadline",
    "DegreeRanking",
    "DegreeSpecialization",
    "Endorsement",
    "ExpectedLearningItem",
    "ExternalKeyClaim",
    "Fact",
    "GeoLocation",
    "IconTextPairing",
    "Image",
    "JobOutlookItem",
    "LanguageTag",
    "LanguageTagTranslation",
    "LevelType",
    "LevelTypeTranslation",
    "Mode",
    "Organization",
    "OrganizationMapping",
    "OrganizationTag",
    "Pathway",
    "PathwayProgram",
    "Person",
    "PersonAreaOfExpertise",
    "PersonSocialNetwork",
    "Position",
    "Prerequisite",
    "ProductMeta",
    "ProductMetaKeyword",
    "ProductValue",
    "Program",
    "ProgramAuthor",
    "ProgramCorporateEndorsement",
    "ProgramCourse",
    "ProgramCreditBacker",
    "ProgramEndorsement",
    "ProgramFaq",
    "ProgramInstructor",
    "ProgramJobOutlookItem",
    "ProgramLabel",
    "ProgramLearningItem",
    "ProgramLocationRestriction",
    "ProgramSubscription",
    "ProgramSubscriptionPrice",
    "ProgramType",
    "ProgramTypeTranslation",
    "Ranking",
    "RestrictedCourseRun",
    "Seat",
    "SeatType",
    "Source",
    "SourceOfacProgramType",
    "Specialization",
    "SubVertical",
    "Subject",
    "SubjectTranslation",
    "Tag",
    "TaxiForm",
    "Topic",
    "TopicTranslation",
    "Track",
    "Vertical",
    "Video",
]
